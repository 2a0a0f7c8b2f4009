using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reports;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Each_of_our_frames_shows_the_host_and_what_was_known_of_it()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var document = app.Host.Services.GetRequiredService<ReportDocuments>().Of(app.Reporter.Reports.Last(), 0);
        var frames = document.Exceptions[0].Frames.Where(frame => frame.Assembly == "Mayhem.Core").ToArray();
        Assert.NotEmpty(frames);
        Assert.All(frames, frame =>
        {
            Assert.EndsWith(".cs", frame.File, StringComparison.Ordinal);
            Assert.True(frame is { Line: > 0, InOurCode: true, Arguments.Count: > 0 }, frame.Method);
        });
        Assert.Contains(frames.SelectMany(frame => frame.Arguments), argument => argument.Value.Contains("web-1", StringComparison.Ordinal));
        Assert.Equal(("4", "web-1", 3), (document.Domain["attempt"], document.Domain["host"], document.History.Count));
        Assert.NotEmpty(document.Breadcrumbs);
        Assert.DoesNotContain(document.Domain.Keys, name => name == "incomplete");
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
