using Mayhem.Testing;

namespace Mayhem.Model.Doubles;

/// <summary>The clock as one process sees it: what it has asked to be woken for means nothing after its death.</summary>
internal sealed class ProcessClock(ManualTimeProvider clock, Func<bool> isDead, Action afterCallback) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(
        given =>
        {
            if (isDead())
                return;
            callback(given);
            afterCallback();
        },
        state,
        dueTime,
        period);
}
