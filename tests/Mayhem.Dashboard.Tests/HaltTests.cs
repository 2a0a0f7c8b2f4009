using System.Net;
using System.Net.Http.Json;

namespace Mayhem.Dashboard.Tests;

public sealed class HaltTests() : StageTest(withToken: true)
{
    [Fact]
    public async Task Halt_AndResume_AreOnRecordWithWhoAndWhy()
    {
        Assert.Equal(HttpStatusCode.OK, (await Http.PostAsJsonAsync("/api/halt", new { by = "ann", why = "storm" })).StatusCode);
        Assert.Equal("storm", (await Stage.Ledger.FindHaltAsync(CancellationToken.None))!.Reason);

        Assert.Equal(HttpStatusCode.OK, (await Http.PostAsJsonAsync("/api/resume", new { by = "bob", why = "over" })).StatusCode);
        Assert.Null(await Stage.Ledger.FindHaltAsync(CancellationToken.None));
        Assert.Equal(["ann", "bob (over)"], (await Stage.Ledger.ListSwitchingsAsync(CancellationToken.None)).Select(use => use.By));
    }

    [Theory]
    [InlineData("""{"by":"ann"}""")]
    [InlineData("""{"why":"storm"}""")]
    [InlineData("""{"by":" ","why":"storm"}""")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Halt_WithoutWhoOrWhy_IsRefused(string call)
    {
        using var answer = await Http.PostAsync("/api/halt", new StringContent(call));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await Stage.Ledger.FindHaltAsync(CancellationToken.None));
    }
}
