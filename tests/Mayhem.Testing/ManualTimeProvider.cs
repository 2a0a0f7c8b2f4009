namespace Mayhem.Testing;

/// <summary>A clock that moves only when told. Timers fire, in the order of their due times, on the thread that moves it.</summary>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start ?? new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long timestamp = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return timestamp;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // As real timers do.
        var context = ExecutionContext.Capture();
        var timer = new ManualTimer(this, () =>
        {
            if (context is null)
                callback(state);
            else
                ExecutionContext.Run(context, inner => callback(inner), state);
        });
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>How many timers are set.</summary>
    public int TimerCount
    {
        get
        {
            lock (gate)
                return timers.Count;
        }
    }

    /// <summary>Moves the clock and fires what comes due on the way, each at its time.</summary>
    public void Advance(TimeSpan by)
    {
        long target;
        lock (gate)
            target = timestamp + by.Ticks;
        while (NextDue(target) is { } due)
            due.Fire();
        lock (gate)
            MoveTo(target);
    }

    /// <summary>Sets the wall clock alone, as an operator or NTP would; the monotonic clock and the timers do not notice.</summary>
    public void JumpWallClock(TimeSpan by)
    {
        lock (gate)
            now += by;
    }

    private ManualTimer? NextDue(long target)
    {
        lock (gate)
        {
            var next = timers.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > target)
                return null;
            MoveTo(Math.Max(next.DueAt, timestamp));
            if (next.Period > TimeSpan.Zero)
                next.DueAt += next.Period.Ticks;
            else
                timers.Remove(next);
            return next;
        }
    }

    private void MoveTo(long target)
    {
        now += TimeSpan.FromTicks(target - timestamp);
        timestamp = target;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public long DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                Period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = clock.timestamp + dueTime.Ticks;
                clock.timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
