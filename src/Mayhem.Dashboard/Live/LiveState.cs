using Mayhem.Breakers;
using Mayhem.Dashboard.Queues;
using Mayhem.Guards;
using Mayhem.Observation;

namespace Mayhem.Dashboard.Live;

/// <summary>Everything on the first page, as it was at one moment. What is not known is null.</summary>
internal sealed record LiveState
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the dashboard has watched, in seconds.</summary>
    public required double Watched { get; init; }

    /// <summary>True once the engine is to stop.</summary>
    public bool Stopping { get; init; }

    /// <summary>The sample for the charts.</summary>
    public required Sample Sample { get; init; }

    /// <summary>What the queue holds.</summary>
    public QueueDepths? Queue { get; init; }

    /// <summary>Why the queue cannot be read just now.</summary>
    public string? QueueError { get; init; }

    /// <summary>The halt in force; null while restarts go ahead, or if the ledger cannot be reached.</summary>
    public Halt? Halt { get; init; }

    /// <summary>What the engine has counted, by name.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>What the engine works on, the oldest first.</summary>
    public InFlightList? InFlight { get; init; }

    /// <summary>Messages that wait for another attempt, those due first.</summary>
    public WaitingList? Waiting { get; init; }

    /// <summary>The groups whose messages do not all go ahead.</summary>
    public IReadOnlyList<GroupRow>? HeldBack { get; init; }
}

/// <summary>What the engine works on.</summary>
/// <param name="Count">How many messages.</param>
/// <param name="Rows">The oldest of them.</param>
internal sealed record InFlightList(int Count, IReadOnlyList<InFlightRow> Rows)
{
    private const int Most = 40;

    /// <summary>Takes the oldest.</summary>
    public static InFlightList Of(InFlightMessages messages, DateTimeOffset now)
    {
        var all = messages.Snapshot();
        return new InFlightList(all.Count, [.. all.OrderBy(message => message.Since).Take(Most).Select(message => InFlightRow.Of(message, now))]);
    }
}

/// <summary>One message that is worked on.</summary>
internal sealed record InFlightRow(string MessageId, string? Host, MessageStage Stage, int Attempt, double AgeSeconds, DateTimeOffset? DueAt)
{
    /// <summary>Takes from a message what is shown.</summary>
    public static InFlightRow Of(InFlightMessage message, DateTimeOffset now) => new(
        message.MessageId, message.Host, message.Stage, message.Attempt, Math.Max(0, (now - message.Since).TotalSeconds),
        message.Stage == MessageStage.Waiting ? message.DueAt : null);
}

/// <summary>A group of hosts.</summary>
internal sealed record GroupRow(
    string Group, BreakerState State, DateTimeOffset Since, int Failed, int All, DateTimeOffset? NextProbeAt, DateTimeOffset? DelayedUntil, bool IsClear)
{
    /// <summary>Takes from a group what is shown.</summary>
    public static GroupRow Of(GroupSnapshot group) => new(
        group.Group, group.State, group.Since, group.Results.Failed, group.Results.All, group.NextProbeAt, group.DelayedUntil, group.IsClear);
}
