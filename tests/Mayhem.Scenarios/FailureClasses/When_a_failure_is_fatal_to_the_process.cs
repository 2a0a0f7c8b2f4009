using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Reports;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_fatal_to_the_process
{
    [Fact]
    public async Task It_is_reported_and_flushed_then_the_message_is_abandoned_then_the_worker_ends()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new OutOfMemoryException("the handler took it all"));
        var beforeAbandoning = (Reports: -1, Flushes: -1, Endings: -1);
        app.Wire.On(WireOperation.Abandon, abandon =>
        {
            beforeAbandoning = (app.Reporter.Reports.Count, app.Reporter.Flushes, app.Terminator.Reasons.Count);
            return abandon();
        });

        await app.SendAsync("r1", "web-1");
        await EndedAsync(app);

        Assert.Equal((1, 1, 0), beforeAbandoning);
        Assert.Equal(["System.OutOfMemoryException"], app.Terminator.Reasons);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.ProcessFatal, ReportKind.ProcessFatal), (report.Class, report.Kind));
        Assert.DoesNotContain(MessageProperties.Abandons, Assert.Single(app.Messages()).Properties.Keys);
        Assert.Equal(["Abandon r1#1"], app.Wire.Settlements);
    }

    [Fact]
    public async Task The_dying_worker_leaves_the_message_alone_and_the_next_one_handles_it()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new OutOfMemoryException("the handler took it all"));

        await app.SendAsync("r1", "web-1");
        await EndedAsync(app);
        await StartNextAsync(app);

        Assert.Equal(["Abandon r1#1", "Complete r1#3"], app.Wire.Settlements);
        Assert.Equal((2, 1), (app.Target.Tries, app.Target.Issued.Count));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task Also_when_it_was_thrown_while_saving()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Archive.Fail(() => new OutOfMemoryException("saving took it all"));

        await app.SendAsync("r1", "web-1");
        await EndedAsync(app);
        await StartNextAsync(app);

        Assert.Single(app.Terminator.Reasons);
        Assert.Equal(["Abandon r1#1", "Complete r1#3"], app.Wire.Settlements);
        Assert.Single(app.Target.Issued);
    }

    [Fact]
    public async Task The_operator_can_name_further_types()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Failures:System.BadImageFormatException:Class", "ProcessFatal")));
        app.Target.Fail("web-1", () => new BadImageFormatException("this file is no program"));

        await app.SendAsync("r1", "web-1");
        await EndedAsync(app);

        Assert.Equal(["System.BadImageFormatException"], app.Terminator.Reasons);
        Assert.Equal(ReportKind.ProcessFatal, Assert.Single(app.Reporter.Reports).Kind);
    }

    private static Task EndedAsync(MayhemApp app) => app.HappensAsync(
        () => app.Invocations.Count == 2 && !app.Terminator.Reasons.IsEmpty, "the worker is told to end, and the message has come back to it");

    private static async Task StartNextAsync(MayhemApp app)
    {
        await app.StopWorkerAsync();
        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.StartWorkerAsync();
        await app.QuietAsync();
    }
}
