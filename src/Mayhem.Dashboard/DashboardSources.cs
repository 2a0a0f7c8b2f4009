using Azure.Messaging.ServiceBus;
using Mayhem.Dashboard.Live;
using Mayhem.Dashboard.Queues;
using Mayhem.DeadLetters;
using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Ledger;

namespace Mayhem.Dashboard;

/// <summary>What the dashboard looks at. What is not there is shown as not known.</summary>
public sealed record DashboardSources
{
    /// <summary>What is shown, in a few words: <c>mayhem up on this machine, data .mayhem</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The queue's name.</summary>
    public required string Queue { get; init; }

    /// <summary>True if the queue is reached over a network, and should not be asked as often.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Reads messages without locking them. Not disposed of.</summary>
    public required ServiceBusClient Client { get; init; }

    /// <summary>Counts what the queue holds.</summary>
    public required Func<CancellationToken, Task<QueueDepths>> Depths { get; init; }

    /// <summary>The numbers of all dead letters; null if they can only be found by reading them.</summary>
    public Func<IReadOnlyList<long>>? DeadLetterNumbers { get; init; }

    /// <summary>The engine in this process; null if it runs elsewhere.</summary>
    public EngineView? Engine { get; init; }

    /// <summary>Works with dead letters; null where they are only looked at.</summary>
    public IDeadLetterBench? Bench { get; init; }

    /// <summary>What was restarted; null if the ledger cannot be reached from here.</summary>
    public ILedger? Ledger { get; init; }

    /// <summary>The folders with reports of failures; empty if they are kept elsewhere.</summary>
    public IReadOnlyList<string> ReportFolders { get; init; } = [];

    /// <summary>The guards in force; null if they are not known here.</summary>
    public GuardBook? Guards { get; init; }

    /// <summary>The failure rules in force; null if they are not known here.</summary>
    public FailureRules? Rules { get; init; }
}
