using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;
using Mayhem.Observation;

namespace Mayhem.Scenarios.OneVerdict;

public class When_the_settlement_fails
{
    [Fact]
    public async Task It_is_no_failure_of_the_handler_and_the_next_delivery_completes_without_acting()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Wire.Fail(WireOperation.Complete);

        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Invocations.Count == 1, "the first delivery has ended");

        var first = Assert.Single(app.Invocations);
        Assert.Equal((null, InvocationSettlement.LeftLocked), (first.Failure, first.Settlement));
        Assert.Empty(app.Reporter.Reports);
        Assert.Equal(1, app.Counters[ProcessingEvent.SettlementFailed]);
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning 1006: Message r1 could not be settled (complete: restarted)", StringComparison.Ordinal));
        Assert.Equal(1, await app.Ledger.CountUnsettledAsync("r1#1", CancellationToken.None));

        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1", "Complete r1#2"], app.Wire.Settlements);
        Assert.Single(app.Target.Issued);
        Assert.Equal(1, app.Counters[ProcessingEvent.DuplicateSuppressed]);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task It_is_not_taken_for_a_crash_however_often_it_happens()
    {
        const int failures = 5;
        await using var app = await MayhemApp.StartAsync();
        app.Wire.Fail(WireOperation.Complete, failures);

        await app.SendAsync("r1", "web-1");
        for (var i = 1; i <= failures; i++)
        {
            await app.HappensAsync(() => app.Invocations.Count == i, "the delivery has ended");
            app.Clock.Advance(app.Queue.Options.LockDuration);
        }
        await app.QuietAsync();

        Assert.Empty(app.DeadLetters());
        Assert.Equal(failures + 1, app.Wire.Count(WireOperation.Complete));
        Assert.Single(app.Target.Issued);
        Assert.Empty(app.Reporter.Reports);
    }

    [Fact]
    public async Task A_dead_letter_that_the_broker_refuses_is_made_by_the_next_delivery()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Wire.Fail(WireOperation.DeadLetter);

        await app.SendAsync(MayhemApp.Message("m1", "?"));
        await app.HappensAsync(() => app.Invocations.Count == 1, "the first delivery has ended");
        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("Poison", 2), (dead.DeadLetterReason, dead.DeliveryCount));
    }
}
