namespace Mayhem.Breakers;

/// <summary>What a circuit breaker does.</summary>
public enum BreakerState
{
    /// <summary>It lets everything through and counts.</summary>
    Closed,

    /// <summary>It lets nothing through until its break ends.</summary>
    Open,

    /// <summary>It lets one through at a time, whose end decides.</summary>
    HalfOpen,
}

/// <summary>The right to make one attempt. Its end is reported once; what is reported after the breaker has moved on means nothing.</summary>
/// <param name="Generation">Which state of the breaker gave it.</param>
/// <param name="IsProbe">True if its end decides whether the breaker closes.</param>
internal readonly record struct BreakerTicket(long Generation, bool IsProbe);

/// <summary>
/// A circuit breaker as a state machine without clock, thread or call: closed → open when enough attempts of a window fail → half-open when its break is over,
/// with one probe → closed again, or open for twice as long. Times are spans of one monotonic clock and do not go back.
/// </summary>
internal sealed class CircuitBreaker(BreakerOptions options)
{
    private readonly ResultWindow results = new(options.Window);
    private ResultCount reason;
    private long generation;
    private int breaks;
    private TimeSpan? probingSince;

    public BreakerState State { get; private set; }

    /// <summary>When the state began.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>The length of the last break.</summary>
    public TimeSpan Break { get; private set; }

    /// <summary>True while a probe is under way.</summary>
    public bool IsProbing => probingSince is not null;

    /// <summary>The results that count now; while it is not closed, those that opened it.</summary>
    public ResultCount Results(TimeSpan now) => State == BreakerState.Closed ? results.Count(now) : reason;

    /// <summary>When the next probe may go; null while closed, and a time in the past if nothing but a message is missing.</summary>
    public TimeSpan? NextProbeAt => State switch
    {
        BreakerState.Closed => null,
        BreakerState.Open => Since + Break,
        _ => probingSince is { } since ? since + options.ProbeLimit : Since,
    };

    /// <summary>How long somebody who was refused had better wait: for the end of the break, or for as long as a break while a probe is under way.</summary>
    public TimeSpan AskAgainAfter(TimeSpan now) => State == BreakerState.Open ? Since + Break - now : options.BreakDuration;

    /// <summary>Asks for the right to make an attempt; null if it is refused.</summary>
    public BreakerTicket? Ask(TimeSpan now)
    {
        if (State == BreakerState.Closed)
            return new BreakerTicket(generation, IsProbe: false);
        if (now < NextProbeAt)
            return null;
        if (State == BreakerState.Open)
            Enter(BreakerState.HalfOpen, now);
        // Also ends the say of a probe that has been under way for too long.
        generation++;
        probingSince = now;
        return new BreakerTicket(generation, IsProbe: true);
    }

    /// <summary>An attempt has gone well.</summary>
    public void Succeed(BreakerTicket ticket, TimeSpan now)
    {
        if (ticket.Generation != generation)
            return;
        if (!ticket.IsProbe)
        {
            results.Add(failed: false, now);
            return;
        }

        breaks = 0;
        results.Clear();
        Enter(BreakerState.Closed, now);
    }

    /// <summary>An attempt has failed through the fault of its target.</summary>
    public void Fail(BreakerTicket ticket, TimeSpan now)
    {
        if (ticket.Generation != generation)
            return;
        if (!ticket.IsProbe)
        {
            results.Add(failed: true, now);
            var count = results.Count(now);
            if (count.All < options.MinimumThroughput || count.Failed < options.FailureRatio * count.All)
                return;
            reason = count;
        }

        Break = TimeSpan.FromTicks((long)Math.Min(options.BreakDuration.Ticks * Math.Pow(2, breaks++), options.MaxBreakDuration.Ticks));
        Enter(BreakerState.Open, now);
    }

    /// <summary>An attempt has ended, and says nothing about its target. After a probe, the next one may try.</summary>
    public void GiveBack(BreakerTicket ticket)
    {
        if (ticket.IsProbe && ticket.Generation == generation)
            probingSince = null;
    }

    private void Enter(BreakerState state, TimeSpan now)
    {
        State = state;
        Since = now;
        probingSince = null;
        generation++;
    }
}
