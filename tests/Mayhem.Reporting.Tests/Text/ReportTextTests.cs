using Mayhem.Failures;
using Mayhem.Recovery;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Text;
using Mayhem.Reports;

namespace Mayhem.Reporting.Tests.Text;

public sealed class ReportTextTests
{
    private static readonly ReportDocument Report = new()
    {
        Id = "0199a7b2c3d47e5f8091a2b3c4d5e6f7",
        At = SomeReport.At,
        Kind = ReportKind.Final,
        Class = FailureClass.Transient,
        Fingerprint = "0011223344556677",
        OperationId = "0af7651916cd43dd8448eb211c80319c",
        Unreported = 12,
        Exceptions =
        [
            new ReportedException(
                "Mayhem.Restarts.RestartFailedException", "the host did not come back", -2146233088, InnerOf: null,
                [
                    Frame("HttpClient.Send(HttpRequestMessage request)", "System.Net.Http.HttpClient"),
                    Frame("Socket.Connect()", "System.Net.Sockets.Socket"),
                    Frame("Pool.Rent()", "Azure.Core.Pool"),
                    Ours("RestartWorkflow.RunAsync(RestartRequest request, string rootId)", 85, ("request", "RestartRequest", "RestartRequest { Host = \"web-3\" }"), ("rootId", "string", "\"r-1\"")),
                    Frame("Task.Run()", "System.Threading.Tasks.Task"),
                ],
                [new ReportedValue("RetryAfter", "TimeSpan?", "00:00:30")]),
            new ReportedException("System.IO.IOException", "line one\nline two \e[31mred", -2146232800, InnerOf: 0, [], []),
        ],
        Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "web-3", ["attempt"] = "2" },
        History = [new FailureHistoryEntry("Transient", "System.TimeoutException", "8899", SomeReport.At.AddSeconds(-9), "vm/7", 1.5)],
        Breadcrumbs = [new Breadcrumb(SomeReport.At.AddSeconds(-1), "Warning", "Mayhem.Fleet", "web-3 is slow")],
        Process = new ReportedProcess
        {
            Version = "0.1.0+abc", Instance = "vm/7", Platform = ".NET 10", UptimeSeconds = 3723.4, WorkingSetBytes = 150 << 20, MemoryLimitBytes = 3L << 30, InFlight = 4,
        },
    };

    [Fact]
    public void Of_AReport_ShowsItAsPeopleReadIt() => Assert.Equal(
        """
        Report 0199a7b2c3d47e5f8091a2b3c4d5e6f7, 2026-11-21 03:00:00.000Z: the message was dead-lettered (Transient)
        fingerprint 0011223344556677, operation 0af7651916cd43dd8448eb211c80319c
        12 more of this kind since the last report of it

        Mayhem.Restarts.RestartFailedException: the host did not come back
          RetryAfter  TimeSpan?  00:00:30
            HttpClient.Send(HttpRequestMessage request)
          … 2 frames of System.*, Azure.*
          ▸ RestartWorkflow.RunAsync(RestartRequest request, string rootId)
              src/Mayhem.Core/Restarts/RestartWorkflow.cs:85
              request  RestartRequest  RestartRequest { Host = "web-3" }
              rootId   string          "r-1"
            Task.Run()

        caused by System.IO.IOException: line one
        line two ·[31mred
          It was never thrown, so there is no stack.

        Message
          host     web-3
          attempt  2

        Earlier failures
          02:59:51.000Z  Transient System.TimeoutException, waited 1.5 s (vm/7, fingerprint 8899)

        Log
          02:59:59.000Z  Warning Mayhem.Fleet: web-3 is slow

        Process
          0.1.0+abc on vm/7, up 01:02:03; memory 150 MB of 3.0 GB, heap 0 KB, 0 collections of generation 2; 0 pool threads with
          0 waiting; 4 messages in flight; .NET 10

        """.ReplaceLineEndings("\n"),
        ReportText.Of(Report));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void Of_ANarrowTerminal_StaysWithinIt(int width)
    {
        var long1 = string.Join(' ', Enumerable.Repeat("word", 100)) + new string('x', 300);
        var report = Report with { Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = long1, [new string('n', 60)] = long1 } };

        Assert.All(ReportText.Of(report, new ReportTextOptions { Width = width }).Split('\n'), line => Assert.InRange(line.Length, 0, Math.Max(width, 56)));
    }

    [Fact]
    public void Of_Ansi_SaysTheSameInColours()
    {
        var coloured = ReportText.Of(Report, new ReportTextOptions { Ansi = true });

        Assert.Contains("\e[1m▸ RestartWorkflow.RunAsync(RestartRequest request, string rootId)\e[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(ReportText.Of(Report), System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Of_AllFrames_CountsNone() =>
        Assert.Contains("Socket.Connect()", ReportText.Of(Report, new ReportTextOptions { AllFrames = true }), StringComparison.Ordinal);

    private static ReportedFrame Frame(string method, string type) => new(method, type, "Library", File: null, 0, InOurCode: false, [], []);

    private static ReportedFrame Ours(string method, int line, params (string Name, string Type, string Value)[] arguments) => new(
        method, "Mayhem.Restarts.RestartWorkflow", "Mayhem.Core", "/build/src/Mayhem.Core/Restarts/RestartWorkflow.cs", line, InOurCode: true,
        [.. arguments.Select(argument => new ReportedValue(argument.Name, argument.Type, argument.Value))], []);
}
