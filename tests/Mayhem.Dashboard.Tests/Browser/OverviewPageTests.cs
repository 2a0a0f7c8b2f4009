using Mayhem.Observation;

namespace Mayhem.Dashboard.Tests.Browser;

public sealed class OverviewPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Overview_WhileTheEngineWorks_ChangesWithoutReloading()
    {
        await Visit.ToAsync("/");
        await Visit.SeesAsync("#state", "Live");
        await Visit.SeesAsync("#in-flight .empty", "Nothing is in flight.");

        using var message = Stage.Engine.InFlight.Enter("m-1", TimeProvider.System);
        message.Host = "cattle-0042";
        message.Stage = MessageStage.Restarting;
        await Stage.KillAsync(3);

        await Visit.SeesAsync("#in-flight tbody th", "cattle-0042");
        await Visit.SeesAsync("[data-stat=dead]", "3");
        await Visit.SeesAsync("#reasons tbody th", "RetriesExhausted");
        await Visit.Page.WaitForFunctionAsync("() => ['rate', 'depth'].every((name) => document.querySelector(`#${name}-chart path.series`)?.getAttribute('d').includes('L'))");
    }

    [Fact]
    public async Task Overview_ARetryThatWaits_ShowsWhenItIsDue()
    {
        await Stage.Broker.SendAsync(DashboardStage.Request("r-1", "cattle-0001") with { ScheduledFor = TimeProvider.System.GetUtcNow().AddMinutes(30) }, CancellationToken.None);

        await Visit.ToAsync("/");

        await Visit.SeesAsync("#waiting tbody th", "cattle-0001");
        Assert.Contains("in 30 min", await Visit.TextAsync("#waiting tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_AFailingHost_LeadsToTheCauseWithinThreeClicks()
    {
        await Stage.KillAsync(5, host: "cattle-0007");
        await Stage.KillAsync(1, "Denied", host: "cattle-0001", fingerprint: "beef");
        Stage.Report("cattle-0007");

        await Visit.ToAsync("/");
        await Visit.ClickAsync("#hosts tbody tr:has(th:text('cattle-0007')) td.wide a");

        // One click, and the values with which it failed are there.
        await Visit.SeesAsync(".cause", "The restart of 'cattle-0007' ended with exit code 137.");
        await Visit.SeesAsync(".frame.ours th", "exitCode");
        await Visit.SeesAsync(".frame.ours td.value", "137");
        await Visit.SeesAsync(".frame.ours .file", "src/Mayhem.Local/Fleet/ProcessFleet.cs:61");
    }

    [Fact]
    public async Task Overview_Halted_SaysSoAtTheTop()
    {
        await Visit.ToAsync("/");
        await Visit.SeesAsync("#state", "Live");

        await Stage.Ledger.HaltAsync("a storm", "ann", CancellationToken.None);

        await Visit.SeesAsync("#halted", "All restarts are halted by ann");
    }

    [Fact]
    public async Task Overview_TheRunEnds_SaysThatThereIsNoConnection()
    {
        await Visit.ToAsync("/");
        await Visit.SeesAsync("#state", "Live");

        await Stage.Server.DisposeAsync();

        await Visit.SeesAsync("#state", "No connection");
    }

    [Fact]
    public async Task Overview_EngineElsewhere_SaysWhatIsNotKnown()
    {
        await using var elsewhere = await DashboardStage.OpenAsync(change: sources => sources with { Engine = null, Ledger = null, ReportFolders = [], Rules = null, Bench = null });
        await using var visit = await Visit.BeginAsync(Chromium, elsewhere);

        await visit.ToAsync("/");

        await visit.SeesAsync("#in-flight .empty", "Not known from here");
        await visit.SeesAsync("#held-back .empty", "Not known from here");
        await visit.ToAsync("/restarts");
        await visit.SeesAsync("#summary", "Not known from here");
        await visit.ToAsync("/reports");
        await visit.SeesAsync("#summary", "Not known from here");
        await visit.ToAsync("/rules");
        await visit.SeesAsync("#halt-state", "Not known from here");
    }
}
