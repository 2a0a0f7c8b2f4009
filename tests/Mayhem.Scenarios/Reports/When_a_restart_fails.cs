using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Reports;

public class When_a_restart_fails
{
    [Fact]
    public async Task Each_report_tells_of_the_request_the_attempt_the_failures_before_and_what_was_logged()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var reports = app.Reporter.Reports.ToArray();
        Assert.Equal(["1", "2", "3", "4"], reports.Select(report => report.Domain["attempt"]));
        Assert.All(reports, report => Assert.Equal(("web-1", "r1"), (report.Domain["host"], report.Domain["requestId"])));
        Assert.Equal([1, 2, 3, 4], reports.Select(report => FailureHistory.Read(report.History).Count));
        Assert.Contains(reports[^1].Trail!.Lines(), line => line.Text.Contains("Message r1: ", StringComparison.Ordinal) && line.Text.Contains("RestartFailedException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_logged_for_other_messages_is_not_in_its_trail()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1"));
        app.Target.Fail("web-2", () => new RestartFailedException("the host did not come back"), times: 2);

        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();

        var report = app.Reporter.Reports.Last(report => report.Kind == ReportKind.Retry);
        Assert.NotEmpty(report.Trail!.Lines());
        Assert.DoesNotContain(report.Trail.Lines(), line => line.Text.Contains("r1", StringComparison.Ordinal));
    }
}
