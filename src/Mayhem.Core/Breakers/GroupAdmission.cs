using Mayhem.Failures;
using Mayhem.Restarts;

namespace Mayhem.Breakers;

/// <summary>A group's answer to one attempt. Dispose of it when the attempt has ended, however it ended: a probe that says nothing makes room for the next.</summary>
internal sealed class GroupAdmission : IDisposable
{
    private readonly TargetGroups groups;
    private readonly TargetGroup group;
    private BreakerTicket? open;
    private TimeSpan endedAt;

    /// <summary>Asks the group.</summary>
    public GroupAdmission(TargetGroups groups, TargetGroup group)
    {
        this.groups = groups;
        this.group = group;
        (open, var wait, var why) = group.Ask(groups.Now);
        Refusal = open is null ? new Obstacle.HeldBack(wait, why) : null;
    }

    /// <summary>Why the attempt must not be made; null if it may.</summary>
    public Obstacle.HeldBack? Refusal { get; }

    /// <summary>
    /// The attempt has ended; how, is told later. A delay that its target names begins here, before its failure is looked at: the message that was told must not come back
    /// too early for its own group.
    /// </summary>
    public void End() => endedAt = groups.Now;

    /// <summary>Tells how the attempt ended. What says nothing about the target is not counted.</summary>
    /// <param name="outcome">What became of the restart.</param>
    /// <param name="failure">The failure behind it, classified.</param>
    public void Report(WorkflowOutcome outcome, Failure? failure)
    {
        if (open is not { } ticket)
            return;
        if (outcome is WorkflowOutcome.Restarted or WorkflowOutcome.WouldRestart)
            group.Succeed(ticket, endedAt);
        else if (outcome is WorkflowOutcome.Failed && failure is not null && TargetFailures.Includes(failure))
            group.Fail(ticket, TargetFailures.NamedDelay(failure), endedAt);
        else
            return;
        open = null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (open is { } ticket)
            group.GiveBack(ticket);
        open = null;
    }
}
