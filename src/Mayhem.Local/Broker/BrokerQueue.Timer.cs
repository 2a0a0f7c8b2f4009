namespace Mayhem.Local.Broker;

/// <summary>One timer for whatever is due next: the end of a lock, a scheduled message, the end of a life.</summary>
public sealed partial class BrokerQueue
{
    /// <summary>How soon a jump of the wall clock is noticed while something waits for a time of day.</summary>
    private static readonly TimeSpan WallClockCheck = TimeSpan.FromSeconds(1);

    private readonly ITimer timer;
    private TimeSpan wakeAt = TimeSpan.MaxValue;

    private void SetTimer(Moment now)
    {
        var due = state.NextLockEnd ?? TimeSpan.MaxValue;
        if (state.NextDue is { } next)
        {
            var wait = next - now.WallClock;
            var check = now.Monotonic + (wait < WallClockCheck ? wait : WallClockCheck);
            due = check < due ? check : due;
        }
        if (due >= wakeAt)
            return;
        wakeAt = due;
        var delay = due - now.Monotonic;
        timer.Change(delay > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (gate)
        {
            if (closed)
                return;
            wakeAt = TimeSpan.MaxValue;
            var now = Now;
            state.Advance(now);
            _ = Follow(now);
        }
    }
}
