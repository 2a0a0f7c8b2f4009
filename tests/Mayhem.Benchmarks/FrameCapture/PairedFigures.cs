using System.Diagnostics;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary>
/// What two builds of one piece of work cost. They take turns of some milliseconds, and each ratio is one of neighbours: what else the machine does, which drifts by far more than a
/// bound of some percent, then meets both.
/// </summary>
/// <param name="Ratios">Woven to plain of each pair of turns, in ascending order.</param>
/// <param name="Plain">The median time of one piece of plain work, in nanoseconds.</param>
/// <param name="Woven">The median time of one piece of woven work, in nanoseconds.</param>
/// <param name="PlainBytes">Allocated by one piece of plain work.</param>
/// <param name="WovenBytes">Allocated by one piece of woven work.</param>
internal sealed record PairedFigures(double[] Ratios, double Plain, double Woven, double PlainBytes, double WovenBytes)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>The median of the ratios.</summary>
    public double Ratio => Quantile(Ratios, 0.5);

    /// <summary>Lets the builds take turns.</summary>
    /// <param name="pair">The work.</param>
    /// <param name="turns">How often each has its turn, once both are warm.</param>
    public static PairedFigures Measure(Pair pair, int turns)
    {
        var times = TimesInATurn(pair);
        var bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        pair.Plain(times);
        var bytesBetween = GC.GetTotalAllocatedBytes(precise: true);
        pair.Woven(times);
        var bytesAfter = GC.GetTotalAllocatedBytes(precise: true);

        // Every other time the other way round: a machine that gets slower all the time is unfair to the one that comes second.
        var measured = Enumerable.Range(0, turns).Select(turn => Both(pair, times, plainFirst: turn % 2 == 0)).ToArray();
        return new(
            [.. measured.Select(both => both.Woven / both.Plain).Order()],
            Median(measured.Select(both => both.Plain), times), Median(measured.Select(both => both.Woven), times),
            (double)(bytesBetween - bytesBefore) / times, (double)(bytesAfter - bytesBetween) / times);
    }

    /// <summary>The ratio that this share of all is not above, 0 to 1.</summary>
    public double Quantile(double share) => Quantile(Ratios, share);

    private static (double Plain, double Woven) Both(Pair pair, int times, bool plainFirst)
    {
        if (plainFirst)
            return (Time(pair.Plain, times), Time(pair.Woven, times));
        var woven = Time(pair.Woven, times);
        return (Time(pair.Plain, times), woven);
    }

    private static double Time(Action<int> work, int times)
    {
        var start = Stopwatch.GetTimestamp();
        work(times);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    // Warms both up, too: the runtime compiles well what has run for a while.
    private static int TimesInATurn(Pair pair)
    {
        var times = 1;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            if (Both(pair, times, plainFirst: true).Plain < Turn.TotalNanoseconds)
                times *= 2;
        }

        return times;
    }

    private static double Median(IEnumerable<double> turns, int times) => Quantile([.. turns.Order()], 0.5) / times;

    private static double Quantile(double[] ascending, double share) => ascending[(int)(share * (ascending.Length - 1))];
}
