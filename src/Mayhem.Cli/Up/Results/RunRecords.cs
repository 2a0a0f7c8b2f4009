using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Cli.Up.Results;

/// <summary>What is on record when a run has ended.</summary>
internal sealed record RunRecords
{
    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The seed of the generated requests.</summary>
    public required int Seed { get; init; }

    /// <summary>Messages that the broker acknowledged.</summary>
    public required long Published { get; init; }

    /// <summary>Requests among them, each counted once.</summary>
    public required long DistinctRequests { get; init; }

    /// <summary>Lines of the input that are not requests.</summary>
    public required long Rejected { get; init; }

    /// <summary>What the engine has counted in this run, by event.</summary>
    public required IReadOnlyDictionary<ProcessingEvent, long> Counts { get; init; }

    /// <summary>What the queue has done in this run.</summary>
    public required QueueCounters Queue { get; init; }

    /// <summary>The reports that were kept in this run.</summary>
    public long Reports { get; init; }

    /// <summary>What the queue holds now.</summary>
    public required QueueCounts Depths { get; init; }

    /// <summary>What became of every message that the queue has accepted, in this run and before.</summary>
    public required IReadOnlyCollection<AuditedRoot> Audit { get; init; }

    /// <summary>Whom entries of this run name, where several processes share the ledger; null where this one has it alone.</summary>
    public string? LedgerOwner { get; init; }

    /// <summary>All entries of the ledger.</summary>
    public required IReadOnlyCollection<LedgerEntry> Ledger { get; init; }
}
