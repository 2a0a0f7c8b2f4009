using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    public static string Of(Workload workload, Measurement measurement) => workload.Measure switch
    {
        Measure.Wall => string.Create(CultureInfo.InvariantCulture, $"{measurement.Wall.TotalMilliseconds:N0} ms, {measurement.HeldPerMessage:N0} B"),
        Measure.Latency => string.Create(CultureInfo.InvariantCulture, $"{measurement.P50.TotalMicroseconds:N0} / {measurement.P99.TotalMicroseconds:N0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Throughput(measurement)}, {measurement.AllocatedPerMessage:N0} B"),
    };

    public static string Throughput(Measurement measurement) => string.Create(CultureInfo.InvariantCulture, $"{Rounded(measurement.PerSecond):N0}/s");

    // To three digits: more of them would be noise.
    private static double Rounded(double perSecond)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(perSecond)) - 2);
        return Math.Round(perSecond / unit) * unit;
    }
}
