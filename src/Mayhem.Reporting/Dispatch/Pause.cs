using Mayhem.Failures;

namespace Mayhem.Reporting.Dispatch;

/// <summary>How long a sink is left alone after failures: ever longer, spread by chance, or as long as the other side asks. For one thread.</summary>
internal sealed class Pause(OutletOptions options, TimeProvider timeProvider, Func<double> random)
{
    private const double Factor = 2;
    private const double Jitter = 0.2;

    private int failures;
    private long since;
    private TimeSpan length;

    /// <summary>What is left of it; zero if the sink may be tried.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = length - timeProvider.GetElapsedTime(since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>True after a failure, until the next success.</summary>
    public bool IsBroken => failures > 0;

    /// <summary>Begins a pause.</summary>
    /// <param name="asked">How long the other side asks for; null if it does not.</param>
    public void Begin(TimeSpan? asked)
    {
        failures++;
        since = timeProvider.GetTimestamp();
        var own = Backoff.Exponential(options.FirstPause, Factor, options.LongestPause, Jitter, failures, random());
        length = asked is { } wish ? Min(wish, options.LongestPause) : own;
    }

    /// <summary>Ends it after a success.</summary>
    public void End()
    {
        failures = 0;
        length = TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
