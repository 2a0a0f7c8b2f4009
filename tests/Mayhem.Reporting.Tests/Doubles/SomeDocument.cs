using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Tests.Doubles;

/// <summary>Documents to try sinks with.</summary>
internal static class SomeDocument
{
    /// <summary>The id of the n-th document: they sort by n.</summary>
    public static string Id(int n) => $"{n:D8}abcdefabcdefabcdefabcdef";

    public static ReportDocument Of(int n, ReportKind kind = ReportKind.Final, string message = "no answer", string fingerprint = "0011223344556677") => new()
    {
        Id = Id(n),
        At = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero),
        Kind = kind,
        Class = FailureClass.Transient,
        Fingerprint = fingerprint,
        OperationId = "0af7651916cd43dd8448eb211c80319c",
        Exceptions =
        [
            new ReportedException(
                "System.TimeoutException", message, -2146233083, InnerOf: null,
                [new ReportedFrame("Fleet.Restart(String host)", "Mayhem.Fleet", "Mayhem.Local", "Fleet.cs", 17, true, [new ReportedValue("host", "String", "\"web-3\"")], [])],
                []),
        ],
        Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "web-3", ["attempt"] = "2" },
    };
}
