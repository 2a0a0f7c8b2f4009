namespace Mayhem.Cli.Up.Load;

/// <summary>Spreads work evenly: the nth step is due n/rate seconds after the first, so that a late step does not slow the ones after it.</summary>
/// <param name="rate">Steps a second, more than 0; null for no waiting at all.</param>
/// <param name="clock">The clock to wait by.</param>
internal sealed class Pacer(double? rate, TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private long steps;

    /// <summary>Returns when the next step is due.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (rate is not { } perSecond)
            return;
        var due = TimeSpan.FromSeconds(Math.Min(steps++ / perSecond, TimeSpan.MaxValue.TotalSeconds / 2));
        while (due - clock.GetElapsedTime(start) is { Ticks: > 0 } left)
            await Task.Delay(left < LongestWait ? left : LongestWait, clock, cancellationToken);
    }

    /// <summary>What a timer can take at once is limited, and a rate may be as low as one in a month.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
}
