using System.Diagnostics;

namespace Mayhem.Benchmarks.Soak;

/// <summary>A clock that runs so many times as fast as the machine's; timers fire accordingly sooner, but none at once that has to wait at all.</summary>
/// <param name="speed">How many times as fast; 1 or more.</param>
internal sealed class AcceleratedTime(double speed) : TimeProvider
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly long origin = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset start = System.GetUtcNow();

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => origin + (long)((Stopwatch.GetTimestamp() - origin) * speed);

    public override DateTimeOffset GetUtcNow() => start + (Stopwatch.GetElapsedTime(origin) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(this, System.CreateTimer(callback, state, Real(dueTime), Real(period)));

    private TimeSpan Real(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return wait;
        var real = wait / speed;
        return real < ShortestWait ? ShortestWait : real;
    }

    private sealed class AcceleratedTimer(AcceleratedTime clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
