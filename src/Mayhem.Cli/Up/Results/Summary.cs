using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Cli.Up.Results;

/// <summary>What a run came to. <see cref="Queued"/> and <see cref="Lost"/> are about the whole data folder, everything else about this run.</summary>
internal sealed record Summary
{
    /// <summary>Messages that the broker acknowledged, duplicates included.</summary>
    public required long Published { get; init; }

    /// <summary>Requests among them, each counted once.</summary>
    public required long DistinctRequests { get; init; }

    /// <summary>Requests whose host was restarted.</summary>
    public required long Restarted { get; init; }

    /// <summary>Requests whose host would have been restarted, had this not been a dry run.</summary>
    public required long WouldRestart { get; init; }

    /// <summary>Messages that were recognised as repeating a request: by the broker or by the ledger.</summary>
    public required long DuplicatesSuppressed { get; init; }

    /// <summary>Attempts repeated in place, under the same lock.</summary>
    public required long RetriedNow { get; init; }

    /// <summary>Attempts put off by a scheduled copy, postponed ones included.</summary>
    public required long RetriedLater { get; init; }

    /// <summary>How often a message had to wait, with no attempt used up, because the target of its host was left alone.</summary>
    public required long Postponed { get; init; }

    /// <summary>Saves that failed without failing their message.</summary>
    public required long SaveFailuresTolerated { get; init; }

    /// <summary>Renewals of locks.</summary>
    public required long LocksRenewed { get; init; }

    /// <summary>Locks that ran out while their message was worked on.</summary>
    public required long LocksLost { get; init; }

    /// <summary>Messages dead-lettered, by reason.</summary>
    public required IReadOnlyDictionary<string, long> DeadLettered { get; init; }

    /// <summary>Messages given back unfinished.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Reports of failures that were kept; equal failures in great number are thinned.</summary>
    public long Reports { get; init; }

    /// <summary>Messages still in the queue, scheduled ones included.</summary>
    public required long Queued { get; init; }

    /// <summary>Messages that the broker accepted, that are nowhere any more, and whose request was not carried out.</summary>
    public required long Lost { get; init; }

    /// <summary>Lines of the input that are not requests.</summary>
    public required long Rejected { get; init; }

    /// <summary>What repeats the hosts and the chaos of this run.</summary>
    public required int Seed { get; init; }

    /// <summary>How long the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The summary as one line of JSON with camelCase names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.Summary);
}

/// <summary>How a <see cref="Summary"/> is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
