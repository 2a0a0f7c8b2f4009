namespace Mayhem.Targets.Tests.Doubles;

/// <summary>A clock for code that waits: every wait of a minute or less is over at once, and has taken its time. Longer timers never fire.</summary>
internal sealed class HurryingTimeProvider : TimeProvider
{
    private long passed;

    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How much time was waited for.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref passed));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Waited;

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime <= TimeSpan.FromMinutes(1))
        {
            Interlocked.Add(ref passed, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
