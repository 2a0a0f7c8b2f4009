using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Dashboard.Tests.Browser;

public sealed class OtherPagesTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Reports_ByCause_LeadToAReport()
    {
        Stage.Report("cattle-0001");
        Stage.Report("cattle-0002");
        Stage.Report("cattle-0003", fingerprint: "beef");

        await Visit.ToAsync("/reports");
        await Visit.SeesAsync("#summary", "3 reports");
        Assert.Equal(2, await Visit.Page.Locator("#causes tbody tr").CountAsync());
        await Visit.ClickAsync("#causes a.clamp");

        await Visit.SeesAsync("h1", "RestartFailedException");
        await Visit.SeesAsync("summary", "2 frames of System");
        await Visit.SeesAsync("#log td", "The boot took too long.");
        await Visit.SeesAsync("#history td", "TimeoutException");
        await Visit.ClickAsync("summary", "2 frames of System");
        await Visit.SeesAsync(".frame.theirs .method", "Task.Other()");
    }

    [Fact]
    public async Task Restarts_InTheLedger_AreCountedByHostAndGroup()
    {
        await RestartAsync("r-1", "cattle-0001", "web", well: true);
        await RestartAsync("r-2", "cattle-0001", "web", well: true);
        await RestartAsync("r-3", "cattle-0002", "api", well: false);

        await Visit.ToAsync("/restarts");

        await Visit.SeesAsync("#summary", "3 requests");
        Assert.Equal("cattle-0001 2 0 0", Cells(await Visit.TextAsync("#hosts tbody tr:nth-child(1)")));
        Assert.Equal("api 0 1 0", Cells(await Visit.TextAsync("#groups tbody tr:nth-child(1)")));
        await Visit.ClickAsync("#hosts tbody a", "cattle-0002");
        await Visit.SeesAsync("#summary", "1 request");
        await Visit.SeesAsync("#list td", "RestartFailedException: no");
    }

    [Fact]
    public async Task Rules_HaltAndResume_StopAndAllowRestarts()
    {
        await Visit.ToAsync("/rules");
        await Visit.SeesAsync("#halt-state", "Restarts go ahead.");
        await Visit.SeesAsync("#rules tbody th", "HostNotFoundException");

        await Visit.Page.FillAsync("#halt-form [name=by]", "ann");
        await Visit.Page.FillAsync("#halt-form [name=why]", "a storm");
        await Visit.ClickAsync("[name=halt]");
        await Visit.SeesAsync("#halt-state", "All restarts are halted by ann");
        Assert.Equal("a storm", (await Stage.Ledger.FindHaltAsync(CancellationToken.None))!.Reason);

        await Visit.ClickAsync("[name=resume]");
        await Visit.SeesAsync("#halt-state", "Restarts go ahead.");
        Assert.Null(await Stage.Ledger.FindHaltAsync(CancellationToken.None));
        Assert.Equal(2, await Visit.Page.Locator("#halt tbody tr").CountAsync());
    }

    [Fact]
    public async Task Rules_GuardsOfAnotherProcess_TellWhereTheyAreToBeSeen()
    {
        await Visit.ToAsync("/rules");

        await Visit.SeesAsync("#guards .empty", "mayhem guard explain");
    }

    [Fact]
    public async Task Report_ProductionMode_HidesValues()
    {
        await using var hidden = await DashboardStage.OpenAsync(new DashboardOptions { Port = 0, ShowValues = false });
        var report = hidden.Report("cattle-0001");
        await using var visit = await Visit.BeginAsync(Chromium, hidden);

        await visit.ToAsync($"/reports/{report.Id}");

        await visit.SeesAsync(".notice", "Production mode");
        await visit.SeesAsync(".frame.ours td.value", "(hidden)");
    }

    private async Task RestartAsync(string id, string host, string group, bool well)
    {
        var request = new RestartRequest { RequestId = id, Host = host, Group = group, Requester = "ann", Reason = "stuck" };
        Assert.IsType<IntentAnswer.Begun>(await Stage.Ledger.RecordIntentAsync(new RestartIntent(request), CancellationToken.None));
        if (!well)
        {
            await Stage.Ledger.RecordFailedAsync(id, 1, "RestartFailedException: no", AttemptFailure.NotIssued, null, CancellationToken.None);
            return;
        }

        await Stage.Ledger.RecordIssuedAsync(id, 1, new IssuedRestart("1"), CancellationToken.None);
        await Stage.Ledger.RecordRestartedAsync(id, 1, CancellationToken.None);
    }

    private static string Cells(string row) => string.Join(' ', row.Split(['\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(4));
}
