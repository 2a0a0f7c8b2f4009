using Mayhem.Recovery;
using Microsoft.Extensions.Logging;

namespace Mayhem.Breakers;

/// <summary>One group of hosts: its circuit breaker, and the delay that its messages share. Thread-safe.</summary>
internal sealed class TargetGroup(string name, BreakerOptions options, JitterSource jitter, ILogger logger)
{
    // Who waits for the same moment comes back within a while after it, so that they do not all come at once.
    private const double Spread = 0.2;

    private readonly Lock gate = new();
    private readonly CircuitBreaker breaker = new(options);
    private readonly SharedDelay delay = new(options.MaxSharedDelay);

    /// <summary>Asks for the right to make an attempt.</summary>
    /// <returns>A ticket, or for how long to wait and why.</returns>
    public (BreakerTicket? Ticket, TimeSpan Wait, string Why) Ask(TimeSpan now)
    {
        BreakerTicket? ticket;
        bool isLate;
        lock (gate)
        {
            if (delay.Left(now) is var left && left > TimeSpan.Zero)
            {
                var wait = breaker.State == BreakerState.Open && breaker.AskAgainAfter(now) is var rest && rest > left ? rest : left;
                return (null, wait + (delay.Length * Spread * jitter.Next()), $"The target of group '{name}' has asked to be left alone.");
            }

            isLate = breaker.IsProbing;
            ticket = breaker.Ask(now);
            if (ticket is null)
            {
                return (null, breaker.AskAgainAfter(now) + (breaker.Break * Spread * jitter.Next()),
                    $"The circuit breaker of group '{name}' is {(breaker.State == BreakerState.Open ? "open" : "half open, and another message tries")}.");
            }
        }

        if (ticket is { IsProbe: true } && isLate)
            Log.BreakerProbeLate(logger, name, options.ProbeLimit);
        else if (ticket is { IsProbe: true })
            Log.BreakerProbes(logger, name);
        return (ticket, TimeSpan.Zero, "");
    }

    public void Succeed(BreakerTicket ticket, TimeSpan now)
    {
        bool hasClosed;
        lock (gate)
        {
            var before = breaker.State;
            breaker.Succeed(ticket, now);
            hasClosed = before != breaker.State;
        }

        if (hasClosed)
            Log.BreakerClosed(logger, name);
    }

    /// <summary>An attempt has failed.</summary>
    /// <param name="ticket">Its ticket.</param>
    /// <param name="named">The delay that the target named; null if it named none.</param>
    /// <param name="now">The monotonic clock.</param>
    public void Fail(BreakerTicket ticket, TimeSpan? named, TimeSpan now)
    {
        bool hasOpened;
        TimeSpan? learnt;
        TimeSpan length;
        ResultCount results;
        lock (gate)
        {
            var before = breaker.State;
            breaker.Fail(ticket, now);
            hasOpened = before != breaker.State;
            (length, results) = (breaker.Break, breaker.Results(now));
            learnt = named is { } asked && delay.Learn(asked, now) ? delay.Length : null;
        }

        if (learnt is { } wait)
            Log.GroupDelayed(logger, name, wait);
        if (hasOpened && ticket.IsProbe)
            Log.BreakerReopened(logger, name, length);
        else if (hasOpened)
            Log.BreakerOpened(logger, name, results.Failed, results.All, options.Window, length);
    }

    public void GiveBack(BreakerTicket ticket)
    {
        lock (gate)
            breaker.GiveBack(ticket);
    }

    /// <summary>How it stands.</summary>
    /// <param name="now">The monotonic clock.</param>
    /// <param name="wall">The wall clock at the same moment.</param>
    public GroupSnapshot Snapshot(TimeSpan now, DateTimeOffset wall)
    {
        lock (gate)
        {
            var left = delay.Left(now);
            return new GroupSnapshot(
                name, breaker.State, wall + (breaker.Since - now), breaker.Results(now), wall + (breaker.NextProbeAt - now), left > TimeSpan.Zero ? wall + left : null);
        }
    }
}
