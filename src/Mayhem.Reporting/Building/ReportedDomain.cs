using Mayhem.FrameCapture;
using Mayhem.Redaction;

namespace Mayhem.Reporting.Building;

/// <summary>The data of the domain, bounded and without secrets.</summary>
internal static class ReportedDomain
{
    /// <summary>Where a report says which of its parts could not be read.</summary>
    public const string Incomplete = "incomplete";

    private const int Most = 100;
    private const int LongestName = 150;
    private const int LongestValue = 2048;

    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> domain, IReadOnlyList<string> problems)
    {
        var shown = new Dictionary<string, string>(domain.Count, StringComparer.Ordinal);
        foreach (var (name, value) in domain.Take(Most))
        {
            var secret = SensitiveNames.Default.Matches(name);
            shown[Shorten.Text(name, LongestName)] = secret ? Redactor.Mask : Shorten.Text(Redactor.Text(value), LongestValue);
        }

        if (problems.Count > 0)
            shown[Incomplete] = Shorten.Text(string.Join("; ", problems), LongestValue);
        return shown;
    }
}
