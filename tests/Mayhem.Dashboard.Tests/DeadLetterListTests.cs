using System.Net;
using System.Text.Json.Nodes;
using Mayhem.Local.Broker;

namespace Mayhem.Dashboard.Tests;

public sealed class DeadLetterListTests : StageTest
{
    [Fact]
    public async Task DeadLetters_ManyCauses_AreGroupedAndPaged()
    {
        await Stage.KillAsync(120);
        await Stage.KillAsync(30, "Denied", fingerprint: "beef");

        var first = await GetAsync("/api/dead-letters");
        var last = await GetAsync("/api/dead-letters?page=99");

        Assert.Equal([120, 30], first["groups"]!.AsArray().Select(group => (int)group!["count"]!));
        Assert.Equal(20, (int)first["groups"]![0]!["hosts"]!);
        Assert.Equal(150, (int)first["page"]!["total"]!);
        Assert.Equal(50, first["page"]!["rows"]!.AsArray().Count);
        Assert.Equal(3, (int)last["page"]!["number"]!);
        Assert.Empty(Numbers(first).Intersect(Numbers(last)));
    }

    [Theory]
    [InlineData("reason=Denied", 30)]
    [InlineData("fingerprint=BE", 30)]
    [InlineData("host=host-03", 6 + 2)]
    [InlineData("host=host-03&reason=Denied", 2)]
    [InlineData("group=web", 150)]
    [InlineData("class=transient", 150)]
    [InlineData("class=Fatal", 0)]
    [InlineData("id=beef-7", 1)]
    [InlineData("age=%3C1h", 150)]
    [InlineData("age=%3E1h", 0)]
    [InlineData("age=nonsense", 150)]
    public async Task DeadLetters_Filter_CountsThoseMeant(string query, int expected)
    {
        await Stage.KillAsync(120);
        await Stage.KillAsync(30, "Denied", fingerprint: "beef");

        var page = await GetAsync($"/api/dead-letters?{query}");

        Assert.Equal(expected, (int)page["page"]!["total"]!);
    }

    [Fact]
    public async Task DeadLetters_ComeAndGo_AreSeen()
    {
        await Stage.KillAsync(5);
        Assert.Equal(5, (int)(await GetAsync("/api/dead-letters"))["page"]!["total"]!);

        await Stage.KillAsync(2, "Denied", fingerprint: "beef");
        var taken = await Stage.Broker.ReceiveAsync(SubQueue.DeadLetter, 3, ReceiveMode.ReceiveAndDelete, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(3, taken.Count);
        await HoldsAsync(async () => (int)(await GetAsync("/api/dead-letters"))["page"]!["total"]! == 4 && (await GetAsync("/api/dead-letters"))["groups"]!.AsArray().Count == 2);
    }

    [Fact]
    public async Task DeadLetter_OneOfThem_IsToldInFull()
    {
        await Stage.KillAsync(1, reportId: "gone");
        var report = Stage.Report("host-00");
        var number = Numbers(await GetAsync("/api/dead-letters")).Single();

        var letter = await GetAsync($"/api/dead-letters/{number}");

        Assert.Equal("host-00", (string?)letter["row"]!["host"]);
        Assert.Equal("all attempts are used up", (string?)letter["description"]);
        Assert.Contains("ops@example.net", (string?)letter["body"], StringComparison.Ordinal);
        Assert.Equal("System.TimeoutException", (string?)letter["history"]![0]!["type"]);
        Assert.Equal(report.Id, (string?)letter["row"]!["reportId"]);
        Assert.False((bool)letter["isItsReport"]!);
        Assert.Contains(letter["properties"]!.AsArray(), property => (string?)property!["name"] == "mayhem-reason");
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task DeadLetter_NoneOfThatNumber_Is404(string number)
    {
        using var answer = await Http.GetAsync($"/api/dead-letters/{number}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("not here any more", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attention_HostsInTrouble_LeadToTheirReports()
    {
        await Stage.KillAsync(3, host: "cattle-0007");
        await Stage.KillAsync(1, "Denied", host: "cattle-0008", fingerprint: "beef");
        var report = Stage.Report("cattle-0007");
        Stage.Report("cattle-0009", kind: Mayhem.Reports.ReportKind.Retry);

        var attention = await GetAsync("/api/attention");

        Assert.Equal(["cattle-0007", "cattle-0008", "cattle-0009"], attention["hosts"]!.AsArray().Select(host => (string?)host!["host"]));
        Assert.Equal(report.Id, (string?)attention["hosts"]![0]!["last"]!["id"]);
        Assert.Equal(3, (int)attention["hosts"]![0]!["deadLetters"]!);
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    private static List<long> Numbers(JsonNode page) => [.. page["page"]!["rows"]!.AsArray().Select(row => (long)row!["number"]!)];

    private static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
    }
}
