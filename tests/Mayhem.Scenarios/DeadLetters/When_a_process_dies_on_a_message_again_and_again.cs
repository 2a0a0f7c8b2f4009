using Mayhem.Failures;
using Mayhem.Ledger;

namespace Mayhem.Scenarios.DeadLetters;

public class When_a_process_dies_on_a_message_again_and_again
{
    [Fact]
    public async Task The_fourth_delivery_dead_letters_it_as_a_host_crash_without_touching_it()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        app.Target.OnWatch("web-1", Deadly(times: 3));
        await app.SendAsync("r1", "web-1");
        await DieAsync(app, times: 3);
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("HostCrash", 4), (dead.DeadLetterReason, dead.DeliveryCount));
        Assert.StartsWith(
            "The process died 3 times while it handled this message, the last time while it handled nothing else (delivery 4).", (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
        Assert.Equal(FailureClass.Fatal, Assert.Single(app.Reporter.Reports).Class);
        Assert.Equal(["DeadLetter r1#4"], app.Wire.Settlements);
        Assert.Single(app.Target.Issued);
    }

    [Fact]
    public async Task Stops_and_failed_settlements_in_between_do_not_count()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        app.Target.OnWatch("web-1", [.. Deadly(times: 2), token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token)]);
        await app.SendAsync("r1", "web-1");
        await DieAsync(app, times: 2);

        await app.HappensAsync(() => app.Target.Watched == 3, "the third delivery is handled");
        await app.StopWorkerAsync();
        app.Wire.Fail(WireOperation.Complete);
        await app.StartWorkerAsync();
        await app.HappensAsync(() => app.Wire.Count(WireOperation.Complete) == 1 && app.Host.InFlight == 0, "the fourth delivery could not be completed");
        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.QuietAsync();

        Assert.Equal(["Abandon r1#3", "Complete r1#4", "Complete r1#5"], app.Wire.Settlements);
        Assert.Empty(app.DeadLetters());
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task A_handler_that_ends_its_process_by_an_exception_counts_as_well()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new OutOfMemoryException("again"), times: 10);

        await app.SendAsync("r1", "web-1");
        for (var death = 1; death <= 3; death++)
        {
            await app.HappensAsync(
                () => app.Terminator.Reasons.Count == death && app.Invocations.Count == 2 * death, "the worker is told to end, and the message has come back to it");
            await app.StopWorkerAsync();
            app.Clock.Advance(app.Queue.Options.LockDuration);
            await app.StartWorkerAsync();
        }
        await app.QuietAsync();

        // The deliveries in between came back to a worker that was ending, and were left to their locks.
        Assert.Equal(["Abandon r1#1", "Abandon r1#3", "Abandon r1#5", "DeadLetter r1#7"], app.Wire.Settlements);
        Assert.Equal("HostCrash", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal(3, app.Target.Tries);
    }

    private static Func<CancellationToken, Task>[] Deadly(int times) =>
        [.. Enumerable.Repeat<Func<CancellationToken, Task>>(_ => new TaskCompletionSource().Task, times)];

    private static async Task DieAsync(MayhemApp app, int times)
    {
        for (var death = 1; death <= times; death++)
        {
            await app.HappensAsync(() => app.Target.Watched == death, "the message is handled");
            await app.KillWorkerAsync();
            await app.StartWorkerAsync();
        }
    }
}
