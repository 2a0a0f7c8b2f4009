using System.Globalization;

namespace Mayhem.Benchmarks.Soak;

/// <summary>Whether what may not grow has grown: the median of the last third of the slices against that of the first third.</summary>
internal sealed record Flatness(string What, double First, double Last, double Most, string Unit)
{
    /// <summary>Whether it is flat.</summary>
    public bool IsFlat => Last <= Most;

    /// <summary>Judges the slices after the first ones, in which queue, ledger and audit fill up to their retention.</summary>
    public static IReadOnlyList<Flatness> Of(IReadOnlyList<Vitals> slices)
    {
        var third = Math.Max(1, slices.Count / 3);
        return
        [
            Judge("managed memory", run => run.ManagedBytes / 1048576.0, 1.1, 4, "MB"),
            Judge("resident memory", run => run.ResidentBytes / 1048576.0, 1.2, 32, "MB"),
            Judge("open files", run => run.Handles, 1, 8, ""),
            Judge("threads", run => run.Threads, 1.5, 32, ""),
            Judge("median latency", run => run.Latency.TotalMilliseconds, 2, 1, "ms"),
            Judge("disk", run => run.DiskBytes / 1048576.0, 1.5, 32, "MB"),
        ];

        Flatness Judge(string what, Func<Vitals, double> figure, double factor, double more, string unit)
        {
            var first = Median(slices.Take(third).Select(figure));
            return new Flatness(what, first, Median(slices.TakeLast(third).Select(figure)), (first * factor) + more, unit);
        }
    }

    /// <summary>A row of a table.</summary>
    public string[] Row() => [What, Text(First), Text(Last), Text(Most), IsFlat ? "yes" : "**no**"];

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private string Text(double figure) => string.Create(CultureInfo.InvariantCulture, $"{figure:0.##} {Unit}").TrimEnd();
}
