using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mayhem.Dashboard.Tests.Bench;

public sealed class BenchEndpointsTests() : StageTest(withToken: true)
{
    [Fact]
    public async Task Replay_AHost_SendsItsMessagesAgainAndNoOthers()
    {
        await Stage.KillAsync(4, host: "cattle-0001");
        await Stage.KillAsync(3, "Denied", host: "cattle-0002", fingerprint: "beef");

        var job = await RunAsync("replay", new { host = "cattle-0001", by = "ann", why = "fixed" });

        Assert.Equal(4, (int)job["outcome"]!["done"]!);
        Assert.Equal(4, Stage.Broker.Counts.Active);
        Assert.Equal(3, Stage.Broker.Counts.DeadLettered);
        Assert.All(await Stage.Audit.ListAsync(CancellationToken.None).ToListAsync(), line => Assert.Equal(("ann", "fixed"), (line.By, line.Reason)));
    }

    [Fact]
    public async Task Replay_DryRun_TellsAndDoesNothing()
    {
        await Stage.KillAsync(4);

        var outcome = await PostAsync("replay", new { max = 3, dryRun = true, by = "ann", why = "to see" });

        Assert.Equal(3, (int)outcome["planned"]!);
        Assert.Equal(4, Stage.Broker.Counts.DeadLettered);
    }

    [Fact]
    public async Task Discard_FewerConfirmed_IsRefusedAndNothingIsGone()
    {
        await Stage.KillAsync(4);

        var job = await RunAsync("discard", new { by = "ann", why = "obsolete", confirmed = 3 });

        Assert.Contains("confirmed", (string?)job["error"], StringComparison.Ordinal);
        Assert.Equal(4, Stage.Broker.Counts.DeadLettered);
    }

    [Fact]
    public async Task Edit_ANewBody_IsSentInPlaceOfTheOld()
    {
        await Stage.KillAsync(1);
        var number = Stage.Broker.SequenceNumbers(Mayhem.Local.Broker.SubQueue.DeadLetter)[0];

        var job = await RunAsync("edit", new
        {
            numbers = new[] { number }, by = "ann", why = "typo", body = """{"version":1,"requestId":"r-2","host":"cattle-0002","requester":"ann"}""",
        });

        Assert.Equal(1, (int)job["outcome"]!["done"]!);
        var sent = Assert.Single(Stage.Broker.Peek(Mayhem.Local.Broker.SubQueue.None, 0, 10));
        Assert.Contains("cattle-0002", System.Text.Encoding.UTF8.GetString(sent.Content.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ThenDiscard_ThenImport_BringsAllBack()
    {
        await Stage.KillAsync(3);
        var exported = await Http.GetStringAsync("/api/bench/export");
        await RunAsync("discard", new { by = "ann", why = "to import them", confirmed = 3 });
        Assert.Equal(0, Stage.Broker.Counts.DeadLettered);

        using var answer = await Http.PostAsync("/api/bench/import?by=ann&why=back", new StringContent(exported));
        var job = await EndOfJobAsync(answer);

        Assert.Equal(3, (int)job["outcome"]!["done"]!);
        Assert.Equal(3, Stage.Broker.Counts.Active);
    }

    [Fact]
    public async Task Import_NoMessage_NamesTheLine()
    {
        using var answer = await Http.PostAsync("/api/bench/import?by=ann&why=try", new StringContent("\n{}\n"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Line 2", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_InTheMiddle_LeavesTheRestWhereItIs()
    {
        await Stage.KillAsync(50);

        using var started = await Http.PostAsJsonAsync("/api/bench/replay", new { by = "ann", why = "slowly", rate = 5 });
        using var second = await Http.PostAsJsonAsync("/api/bench/replay", new { by = "ann", why = "at once" });
        using var cancelled = await Http.PostAsync("/api/bench/cancel", null);
        var job = await EndOfJobAsync(cancelled);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.False((bool)job["running"]!);
        Assert.Equal(50, Stage.Broker.Counts.Active + Stage.Broker.Counts.DeadLettered);
        Assert.True(Stage.Broker.Counts.DeadLettered > 0);
    }

    private async Task<JsonNode> PostAsync(string action, object call)
    {
        using var answer = await Http.PostAsJsonAsync($"/api/bench/{action}", call);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<JsonNode> RunAsync(string action, object call)
    {
        using var answer = await Http.PostAsJsonAsync($"/api/bench/{action}", call);
        return await EndOfJobAsync(answer);
    }

    private async Task<JsonNode> EndOfJobAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            var job = JsonNode.Parse(await Http.GetStringAsync("/api/bench/job", limit.Token))!;
            if (!(bool)job["running"]!)
                return job;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
