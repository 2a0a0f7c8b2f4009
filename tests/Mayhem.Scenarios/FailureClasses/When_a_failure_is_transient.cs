using System.Net.Sockets;
using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Observation;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_transient
{
    public static TheoryData<Func<Exception>> Failures => new()
    {
        () => new RestartFailedException("the host did not come back"),
        () => new TimeoutException("no answer"),
        () => new SocketException((int)SocketError.ConnectionRefused),
        () => new HttpRequestException("503"),
        () => new IOException("the line was cut"),
        () => new InvalidOperationException("nobody has thought of this one"),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task It_is_tried_again_by_its_rule_and_reported_as_a_retry(Func<Exception> failure)
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", failure);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal((2, 1L), (app.Target.Tries, app.Counters[ProcessingEvent.RetriedNow]));
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Transient, ReportKind.Retry, failure().GetType()), (report.Class, report.Kind, report.Exception.GetType()));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
        Assert.Single(app.Target.Issued);
    }

    [Fact]
    public async Task A_restart_that_ends_badly_is_issued_again_as_another_attempt()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", _ => Task.FromException(new RestartFailedException("it came up and died")));

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal([1, 2], app.Target.Issued.Select(order => order.Attempt));
        Assert.Equal(2, (await app.EntryAsync("r1"))!.Attempts);
    }
}
