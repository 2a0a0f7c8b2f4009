using Mayhem.Breakers;
using Mayhem.Cli.Up.Load;
using Mayhem.Cli.Up.Logging;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Cli.Up.Display;

/// <summary>Takes frames of a run. Not thread-safe: one display takes them.</summary>
internal sealed class RunProbe(TimeProvider clock)
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);

    private readonly long start = clock.GetTimestamp();
    private readonly RateMeter publishRate = new(RateWindow);
    private readonly RateMeter restartRate = new(RateWindow);

    /// <summary>What the engine counts.</summary>
    public required ProcessingCounters Counters { get; init; }

    /// <summary>What the engine works on.</summary>
    public required InFlightMessages InFlight { get; init; }

    /// <summary>How the groups of hosts stand.</summary>
    public required TargetGroups Groups { get; init; }

    /// <summary>What is published.</summary>
    public required Publisher Publisher { get; init; }

    /// <summary>How many messages will be published; null if nobody knows.</summary>
    public required long? Planned { get; init; }

    /// <summary>Counts what the queue holds.</summary>
    public required Func<QueueCounts> Depths { get; init; }

    /// <summary>Counts what the queue has done.</summary>
    public required Func<QueueCounters> QueueCounters { get; init; }

    /// <summary>What went wrong.</summary>
    public required NoticeBoard Notices { get; init; }

    /// <summary>Cancelled once the run is to stop.</summary>
    public required CancellationToken StopRequested { get; init; }

    /// <summary>Tells where the dashboard is.</summary>
    public required Func<string?> Dashboard { get; init; }

    /// <summary>Takes a frame.</summary>
    public Frame Sample()
    {
        var now = clock.GetUtcNow();
        var elapsed = clock.GetElapsedTime(start);
        var counts = Enum.GetValues<ProcessingEvent>().ToDictionary(counted => counted, counted => Counters[counted]);
        return new Frame
        {
            At = now,
            Elapsed = elapsed,
            Stopping = StopRequested.IsCancellationRequested,
            Dashboard = Dashboard(),
            Published = Publisher.Published,
            Planned = Planned,
            PublishRate = publishRate.Sample(elapsed, Publisher.Published),
            RestartRate = restartRate.Sample(elapsed, counts[ProcessingEvent.Restarted]),
            Counts = counts,
            Queue = Depths(),
            InFlight = [.. InFlight.Snapshot().OrderBy(message => message.Since).Select(message => Row(message, now))],
            Groups = [.. Groups.Snapshot().Where(group => !group.IsClear)],
            DeadLettered = QueueCounters().DeadLettered,
            Notices = Notices.Latest(),
        };
    }

    private static InFlightRow Row(InFlightMessage message, DateTimeOffset now) =>
        new(message.Host ?? message.MessageId, message.Stage, message.Attempt, now - message.Since);
}
