using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    /// <summary>What the figures of a workload mean.</summary>
    public static string Legend(Measure measure) => measure switch
    {
        Measure.Wall => "from first to last, held for each message, renewals late (p99)",
        Measure.Latency => "from sending to handling, median / p99",
        _ => "messages a second, allocated for each",
    };

    /// <summary>All figures of a run that matter for its workload.</summary>
    public static string Of(Workload workload, Measurement measurement)
    {
        var figures = workload.Measure switch
        {
            Measure.Wall => string.Create(CultureInfo.InvariantCulture, $"{First(workload, measurement)}, {measurement.HeldPerMessage:N0} B{Renewals(measurement)}"),
            Measure.Latency => string.Create(CultureInfo.InvariantCulture, $"{measurement.P50.TotalMicroseconds:N0} / {First(workload, measurement)}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{First(workload, measurement)}, {measurement.AllocatedPerMessage:N0} B"),
        };
        return measurement.Lost == 0 ? figures : string.Create(CultureInfo.InvariantCulture, $"{figures}, **{measurement.Lost} lost**");
    }

    /// <summary>The figure that contenders are compared by.</summary>
    public static string First(Workload workload, Measurement measurement) => workload.Measure switch
    {
        Measure.Wall => string.Create(CultureInfo.InvariantCulture, $"{measurement.Wall.TotalMilliseconds:N0} ms"),
        Measure.Latency => string.Create(CultureInfo.InvariantCulture, $"{measurement.P99.TotalMicroseconds:N0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Rounded(measurement.PerSecond):N0}/s"),
    };

    private static string Renewals(Measurement measurement) => measurement.RenewalsLate == TimeSpan.Zero ? "" : string.Create(CultureInfo.InvariantCulture, $", {measurement.RenewalsLate.TotalMilliseconds:0.0} ms");

    // To three digits: more of them would be noise.
    private static double Rounded(double perSecond)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(perSecond)) - 2);
        return Math.Round(perSecond / unit) * unit;
    }
}
