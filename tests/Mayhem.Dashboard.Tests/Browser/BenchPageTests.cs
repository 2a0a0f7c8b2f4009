namespace Mayhem.Dashboard.Tests.Browser;

public sealed class BenchPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Replay_PickedMessages_SendsThemAgain()
    {
        await Stage.KillAsync(5);
        await Visit.ToAsync("/dead-letters");
        await Visit.ClickAsync("#list tbody tr:nth-child(1) input");
        await Visit.ClickAsync("#list tbody tr:nth-child(2) input");
        await Visit.SeesAsync("#meant", "2 messages picked");

        await Visit.ClickAsync("[data-action=replay]");
        await OrderAsync("the host is repaired");
        await Visit.ClickAsync("[name=check]");
        await Visit.SeesAsync("#checked", "2 messages would be replayed");
        await Visit.ClickAsync("[name=go]");

        await Visit.SeesAsync("#job-state", "2 messages replayed");
        await Visit.SeesAsync("#summary", "3 messages");
        Assert.Equal((2, 3), (Stage.Broker.Counts.Active, Stage.Broker.Counts.DeadLettered));
    }

    [Fact]
    public async Task Replay_AFilterWithAMaximum_SendsSoMany()
    {
        await Stage.KillAsync(6, host: "cattle-0001");
        await Stage.KillAsync(2, "Denied", host: "cattle-0002", fingerprint: "beef");
        await Visit.ToAsync("/dead-letters?host=cattle-0001");
        await Visit.SeesAsync("#meant", "all 6 messages");

        await Visit.ClickAsync("[data-action=replay]");
        await OrderAsync("to try some");
        await Visit.Page.FillAsync("[name=max]", "4");
        await Visit.Page.FillAsync("[name=rate]", "1000");
        await Visit.ClickAsync("[name=go]");

        await Visit.SeesAsync("#job-state", "4 messages replayed");
        Assert.Equal((4, 4), (Stage.Broker.Counts.Active, Stage.Broker.Counts.DeadLettered));
    }

    [Fact]
    public async Task Discard_TheWrongNumber_IsRefusedAndTheRightOneIsNot()
    {
        await Stage.KillAsync(3);
        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#meant", "all 3 messages");

        await Visit.ClickAsync("[data-action=discard]");
        await OrderAsync("a test left them");
        await Visit.Page.FillAsync("[name=confirmed]", "2");
        await Visit.ClickAsync("[name=go]");
        await Visit.SeesAsync("#job-state", "Nothing was done");
        Assert.Equal(3, Stage.Broker.Counts.DeadLettered);

        await Visit.ClickAsync("[data-action=discard]");
        await OrderAsync("a test left them");
        await Visit.Page.FillAsync("[name=confirmed]", "3");
        await Visit.ClickAsync("[name=go]");
        await Visit.SeesAsync("#job-state", "3 messages discarded");
        await Visit.SeesAsync("#list .empty", "No dead letter is like that.");
        Assert.Equal(0, Stage.Broker.Counts.DeadLettered);
    }

    [Fact]
    public async Task Edit_ADeadLetter_SendsTheNewBody()
    {
        await Stage.KillAsync(1, host: "cattle-0001");
        await Visit.ToAsync("/dead-letters");
        await Visit.ClickAsync("#list tbody th a");
        await Visit.SeesAsync("#body", "cattle-0001");

        await Visit.ClickAsync("[data-action=edit]");
        await OrderAsync("wrong host");
        await Visit.Page.FillAsync("[name=body]", "{\"version\":1,\"requestId\":\"r-2\",\"host\":\"cattle-0099\",\"requester\":\"ann\"}");
        await Visit.ClickAsync("[name=go]");

        await Visit.SeesAsync("#job-state", "1 message replayed");
        var sent = Assert.Single(Stage.Broker.Peek(Mayhem.Local.Broker.SubQueue.None, 0, 10));
        Assert.Contains("cattle-0099", System.Text.Encoding.UTF8.GetString(sent.Content.Body.Span), StringComparison.Ordinal);
        Assert.All(await Stage.Audit.ListAsync(CancellationToken.None).ToListAsync(), line => Assert.Equal(("ann", "wrong host"), (line.By, line.Reason)));
    }

    [Fact]
    public async Task Export_ThenImport_BringsThemBack()
    {
        await Stage.KillAsync(3);
        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#meant", "all 3 messages");
        var download = await Visit.Page.RunAndWaitForDownloadAsync(() => Visit.ClickAsync("#export"));
        var file = await download.PathAsync();
        Assert.Equal(3, (await File.ReadAllLinesAsync(file)).Length);

        await Visit.ClickAsync("[data-action=import]");
        await OrderAsync("copied");
        await Visit.Page.SetInputFilesAsync("[name=file]", file);
        await Visit.ClickAsync("[name=go]");

        await Visit.SeesAsync("#job-state", "3 messages imported");
        Assert.Equal(3, Stage.Broker.Counts.Active);
    }

    [Fact]
    public async Task Cancel_InTheMiddle_LosesNothing()
    {
        await Stage.KillAsync(30);
        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#meant", "all 30 messages");
        await Visit.ClickAsync("[data-action=replay]");
        await OrderAsync("slowly");
        await Visit.Page.FillAsync("[name=rate]", "2");
        await Visit.ClickAsync("[name=go]");
        await Visit.SeesAsync("#job-cancel");

        await Visit.ClickAsync("#job-cancel");

        await Visit.SeesAsync("#job-state", "cancelled");
        Assert.Equal(30, Stage.Broker.Counts.Active + Stage.Broker.Counts.DeadLettered);
    }

    [Fact]
    public async Task Dialog_Escape_ClosesItAndDoesNothing()
    {
        await Stage.KillAsync(1);
        await Visit.ToAsync("/dead-letters");
        await Visit.SeesAsync("#meant", "all 1 message");

        await Visit.ClickAsync("[data-action=replay]");
        await Visit.SeesAsync("#dialog");
        await Visit.Page.Keyboard.PressAsync("Escape");

        await Visit.MissesAsync("#dialog");
        Assert.Equal(1, Stage.Broker.Counts.DeadLettered);
    }

    private async Task OrderAsync(string why)
    {
        await Visit.SeesAsync("#dialog");
        await Visit.Page.FillAsync("#order [name=by]", "ann");
        await Visit.Page.FillAsync("#order [name=why]", why);
    }
}
