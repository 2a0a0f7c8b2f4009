using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Functions.Tests.Telemetry.ApplicationInsights;

/// <summary>Reports to try Application Insights with.</summary>
internal static class SomeReport
{
    public static ReportDocument Of(ReportKind kind = ReportKind.Final, int frames = 2, int valueLength = 10, params (string Name, string Value)[] domain) => new()
    {
        Id = "0199a7b2c3d47e5f8091a2b3c4d5e6f7",
        At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        Kind = kind,
        Class = FailureClass.Transient,
        Fingerprint = "f00d",
        Unreported = 7,
        OperationId = "0af7651916cd43dd8448eb211c80319c",
        Exceptions =
        [
            new ReportedException("System.InvalidOperationException", "outer", 1, InnerOf: null, [Frame(0, ours: true, valueLength)], []),
            new ReportedException("System.TimeoutException", "inner", 2, InnerOf: 0, [.. Enumerable.Range(0, frames).Select(n => Frame(n, ours: n % 2 == 0, valueLength))], []),
        ],
        Domain = domain.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
        Breadcrumbs = [new Breadcrumb(new DateTimeOffset(2026, 11, 20, 11, 59, 58, TimeSpan.Zero), "Information", "Mayhem", "the line before")],
        Process = new ReportedProcess { Version = "1.2.3+abc", Instance = "vm/1", Platform = "net10", HeapBytes = 4711 },
    };

    private static ReportedFrame Frame(int n, bool ours, int valueLength) => new(
        $"Fleet.Restart{n}(String host)", "Mayhem.Fleet", ours ? "Mayhem.Local" : "System.Net", "Fleet.cs", 17 + n, ours,
        ours ? [new ReportedValue("host", "String", "\"web-3\"")] : [],
        ours ? [new ReportedValue("text", "String", new string('v', valueLength))] : []);
}
