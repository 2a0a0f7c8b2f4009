namespace Mayhem.Locks;

/// <summary>What a lock needs next.</summary>
internal enum LockStep
{
    Wait,
    Renew,
    CancelAtCeiling,
    Lose,
}

/// <summary>The life of one lock as a state machine without clock, thread or call. Times are spans of one monotonic clock.</summary>
internal struct LockTimeline
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeSpan length;
    private readonly TimeSpan ceiling;
    private TimeSpan renewAt;
    private TimeSpan renewalStartedAt;
    private bool renewalUnderWay;

    public LockTimeline(TimeSpan now, TimeSpan remaining, TimeSpan length, TimeSpan maximum)
    {
        this.length = Shorter(length, Longest);
        ceiling = now + maximum;
        Deadline = now + Shorter(remaining, Longest);
        renewAt = RenewalTimes.Due(now, Deadline);
    }

    /// <summary>When the longest time allowed is over.</summary>
    public readonly TimeSpan Ceiling => ceiling;

    /// <summary>When the lock ends unless it is renewed.</summary>
    public TimeSpan Deadline { get; private set; }

    public LockState State { get; private set; }

    public LockEnd End { get; private set; }

    public int Renewals { get; private set; }

    /// <summary>When the next step is to be asked for; <see cref="TimeSpan.MaxValue"/> once the lock is lost.</summary>
    public readonly TimeSpan NextStepAt
    {
        get
        {
            if (State == LockState.Lost)
                return TimeSpan.MaxValue;
            if (End != LockEnd.None)
                return Deadline;
            var end = Shorter(Deadline, ceiling);
            return renewalUnderWay ? end : Shorter(end, renewAt);
        }
    }

    /// <summary>Decides and moves on. After <see cref="LockStep.Renew"/>, <see cref="Renewed"/> or <see cref="NotRenewed"/> has to follow.</summary>
    public LockStep Step(TimeSpan now)
    {
        if (State == LockState.Lost)
            return LockStep.Wait;
        if (now >= Deadline)
        {
            State = LockState.Lost;
            if (End == LockEnd.None)
                End = LockEnd.Lost;
            return LockStep.Lose;
        }

        if (End != LockEnd.None)
            return LockStep.Wait;
        if (now >= ceiling)
        {
            End = LockEnd.CeilingReached;
            return LockStep.CancelAtCeiling;
        }

        if (renewalUnderWay || now < renewAt)
            return LockStep.Wait;
        renewalUnderWay = true;
        renewalStartedAt = now;
        if (State == LockState.Held)
            State = LockState.Renewing;
        return LockStep.Renew;
    }

    /// <summary>The renewal succeeded. The broker may have prolonged the lock as soon as the call was started, so it counts from there.</summary>
    /// <returns>False if the lock was given up before.</returns>
    public bool Renewed(TimeSpan now)
    {
        renewalUnderWay = false;
        if (State == LockState.Lost)
            return false;
        Renewals++;
        State = LockState.Held;
        Deadline = renewalStartedAt + length > Deadline ? renewalStartedAt + length : Deadline;
        renewAt = RenewalTimes.DueAfterRenewal(now, renewalStartedAt, Deadline - renewalStartedAt);
        return true;
    }

    /// <summary>The renewal failed: nothing is known of the lock until the next one, or its end.</summary>
    /// <returns>False if the lock was given up before.</returns>
    public bool NotRenewed(TimeSpan now)
    {
        renewalUnderWay = false;
        if (State == LockState.Lost)
            return false;
        State = LockState.Unknown;
        renewAt = RenewalTimes.DueAfterFailure(now, Deadline);
        return true;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
