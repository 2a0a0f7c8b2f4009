using Mayhem.Failures;
using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Reports;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_for_another_delivery
{
    [Fact]
    public async Task The_message_comes_back_at_once_and_remembers_the_failure()
    {
        await using var app = await StartAsync();
        app.Target.Fail("web-1", () => new TimeoutException("not here"));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(["Abandon r1#1", "Complete r1#2"], app.Wire.Settlements);
        Assert.Single(app.Target.Restarted);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Abandoned, ReportKind.Retry), (report.Class, report.Kind));
    }

    [Fact]
    public async Task The_broker_gives_it_up_in_the_end_and_no_delivery_counts_as_a_death_of_the_process()
    {
        await using var app = await StartAsync();
        app.Target.Fail("web-1", () => new TimeoutException("nowhere"), times: 20);

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason);
        Assert.Equal((6, 6), (app.Target.Tries, app.Wire.Count(WireOperation.Abandon)));
        Assert.Equal((6, 6), (dead.Properties[MessageProperties.Abandons], dead.Properties[MessageProperties.Attempt]));
        var history = FailureHistory.Read((string)dead.Properties[MessageProperties.History]);
        Assert.Equal([.. Enumerable.Repeat("Abandoned", 6)], history.Select(entry => entry.Class));
    }

    private static Task<MayhemApp> StartAsync() => MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Failures:TimeoutException:Class", "Abandoned")) with
    {
        Queue = new QueueOptions { MaxDeliveryCount = 6 },
    });
}
