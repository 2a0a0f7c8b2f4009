using Mayhem.Cli.ReportsCommand;
using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Cli.Tests.ReportsCommand;

public class ReportLineTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ToJson_AReport_HasEveryField() => Assert.Equal(
        """{"id":"0199","at":"2026-11-20T12:00:00+00:00","kind":"final","class":"processFatal","type":"System.TimeoutException","message":"no answer","""
        + "\"host\":\"cattle-0001\",\"requestId\":null,\"attempt\":\"3\",\"fingerprint\":\"f00d\",\"unreported\":4}",
        ReportLine.Of(Report("0199", At, "f00d", unreported: 4)).ToJson());

    [Fact]
    public void Of_SeveralReports_GroupsThemByCause_TheMostFrequentFirst()
    {
        var lines = new[] { Report("04", At.AddMinutes(3), "b"), Report("03", At.AddMinutes(2), "a"), Report("02", At.AddMinutes(1), "b", unreported: 9), Report("01", At, "a") };

        var causes = CauseLine.Of(lines.Select(ReportLine.Of));

        Assert.Equal([("b", 2, 11L, "04"), ("a", 2, 2L, "03")], causes.Select(cause => (cause.Fingerprint, cause.Reports, cause.Failures, cause.LastId)));
        Assert.Equal((At.AddMinutes(1), At.AddMinutes(3)), (causes[0].First, causes[0].Last));
    }

    [Theory]
    [InlineData("90s", "2026-11-20T11:58:30Z")]
    [InlineData("30m", "2026-11-20T11:30:00Z")]
    [InlineData("1.5h", "2026-11-20T10:30:00Z")]
    [InlineData("2d", "2026-11-18T12:00:00Z")]
    [InlineData("2026-11-20T03:00:00", "2026-11-20T03:00:00Z")]
    [InlineData("2026-11-20T03:00:00+02:00", "2026-11-20T01:00:00Z")]
    public void Parse_ATime_IsThatTime(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Since.Parse(text, At));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("soon")]
    [InlineData("9999999d")]
    public void Parse_NoTime_SaysWhatToGive(string text) =>
        Assert.Contains("give how long ago", Assert.Throws<UsageException>(() => Since.Parse(text, At)).Message, StringComparison.Ordinal);

    internal static ReportDocument Report(string id, DateTimeOffset at, string fingerprint, int unreported = 0) => new()
    {
        Id = id,
        At = at,
        Kind = ReportKind.Final,
        Class = FailureClass.ProcessFatal,
        Fingerprint = fingerprint,
        Unreported = unreported,
        Exceptions = [new ReportedException("System.TimeoutException", "no answer", 0, InnerOf: null, [], [])],
        Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "cattle-0001", ["attempt"] = "3" },
    };
}
