using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Observation;
using Mayhem.Reports;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_tolerated
{
    [Fact]
    public async Task It_is_logged_counted_and_reported_and_the_message_goes_on()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Archive.Fail(() => new IOException("disk full"));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal(1, app.Counters[ProcessingEvent.SaveFailureTolerated]);
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning 1004:", StringComparison.Ordinal) && line.Contains("disk full", StringComparison.Ordinal));
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Tolerated, ReportKind.Tolerated), (report.Class, report.Kind));
        var entry = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Restarted, null), (entry!.State, entry.Requester));
    }

    [Fact]
    public async Task Saving_is_tried_again_with_the_restart_when_that_fails_too()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Archive.Fail(() => new IOException("disk full"));
        app.Target.Fail("web-1", () => new TimeoutException("no answer"));

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal("scenario", (await app.EntryAsync("r1"))!.Requester);
        Assert.Equal([ReportKind.Retry, ReportKind.Tolerated], app.Reporter.Reports.Select(report => report.Kind).Order());
    }

    [Fact]
    public async Task The_operator_can_tolerate_a_type_of_the_restart_itself()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Failures:InvalidOperationException:Class", "Tolerated")));
        app.Target.Fail("web-1", () => new InvalidOperationException("never mind"));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal((1, 0), (app.Target.Tries, app.Target.Restarted.Count));
        Assert.Equal(ReportKind.Tolerated, Assert.Single(app.Reporter.Reports).Kind);
    }
}
