using Mayhem.Breakers;
using Mayhem.Cli.Up.Logging;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Cli.Up.Display;

/// <summary>Everything a display shows, as it was at one moment.</summary>
internal sealed record Frame
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the run has taken so far.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>True once a signal has asked to stop.</summary>
    public bool Stopping { get; init; }

    /// <summary>Where the dashboard is, or why there is none; null while that is not known, or nobody wants one.</summary>
    public string? Dashboard { get; init; }

    /// <summary>Messages published so far.</summary>
    public long Published { get; init; }

    /// <summary>How many will be published; null if nobody knows.</summary>
    public long? Planned { get; init; }

    /// <summary>Messages published a second, lately.</summary>
    public double PublishRate { get; init; }

    /// <summary>Hosts restarted a second, lately.</summary>
    public double RestartRate { get; init; }

    /// <summary>What the engine has counted, by event.</summary>
    public required IReadOnlyDictionary<ProcessingEvent, long> Counts { get; init; }

    /// <summary>The queue.</summary>
    public QueueCounts Queue { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>What is being worked on, the oldest first.</summary>
    public IReadOnlyList<InFlightRow> InFlight { get; init; } = [];

    /// <summary>The groups of hosts whose messages do not all go ahead, by name.</summary>
    public IReadOnlyList<GroupSnapshot> Groups { get; init; } = [];

    /// <summary>Messages dead-lettered in this run, by reason.</summary>
    public IReadOnlyDictionary<string, long> DeadLettered { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The last warnings and errors, the oldest first.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];
}

/// <summary>One message that is being worked on.</summary>
internal sealed record InFlightRow(string Host, MessageStage Stage, int Attempt, TimeSpan Age);
