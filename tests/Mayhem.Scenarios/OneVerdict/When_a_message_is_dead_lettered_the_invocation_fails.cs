using Mayhem.Functions.Triggers;
using Mayhem.Local.FunctionsHost;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.OneVerdict;

public class When_a_message_is_dead_lettered_the_invocation_fails
{
    [Fact]
    public async Task So_that_the_portal_shows_it_though_it_is_settled_and_reported_once()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1"));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        var invocation = Assert.Single(app.Invocations);
        var shown = Assert.IsType<MessageDeadLetteredException>(invocation.Failure);
        Assert.Equal("Message 'r1' was dead-lettered as Fatal:HostNotFoundException.", shown.Message);
        Assert.IsType<HostNotFoundException>(shown.InnerException);
        Assert.Equal(InvocationSettlement.ByFunction, invocation.Settlement);
        Assert.Equal((0L, 1L), (app.Host.Succeeded, app.Host.Failed));
        Assert.Equal((0, 1), (app.Queue.Counters.Abandoned, app.DeadLetters().Count));
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal(ReportKind.Final, report.Kind);
        Assert.Same(shown.InnerException, report.Exception);
    }

    [Fact]
    public async Task Every_other_end_is_shown_as_a_success()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Groups:throttled", "web-1")));
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)));

        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();

        Assert.Equal((3L, 0L), (app.Host.Succeeded, app.Host.Failed));
    }
}
