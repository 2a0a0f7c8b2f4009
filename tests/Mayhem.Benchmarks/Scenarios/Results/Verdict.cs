using System.Globalization;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>One target: what it says, what was measured, and whether that is enough.</summary>
internal sealed record Verdict(string Target, string Measured, bool IsMet)
{
    public static Verdict AtMost(string target, double measured, double most, string unit) => new(target, Text(measured, unit), measured <= most);

    public static Verdict AtLeast(string target, double measured, double least, string unit) => new(target, Text(measured, unit), measured >= least);

    private static string Text(double measured, string unit) =>
        measured < 100 ? string.Create(CultureInfo.InvariantCulture, $"{measured:0.##} {unit}") : string.Create(CultureInfo.InvariantCulture, $"{measured:N0} {unit}");
}
