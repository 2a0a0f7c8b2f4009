using System.Net;
using System.Net.Http.Json;

namespace Mayhem.Dashboard.Tests;

public sealed class HaltTests : IAsyncLifetime
{
    private DashboardStage stage = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        stage = await DashboardStage.OpenAsync();
        http = await stage.HttpAsync(withToken: true);
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Halt_AndResume_AreOnRecordWithWhoAndWhy()
    {
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("/api/halt", new { by = "ann", why = "storm" })).StatusCode);
        Assert.Equal("storm", (await stage.Ledger.FindHaltAsync(CancellationToken.None))!.Reason);

        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("/api/resume", new { by = "bob", why = "over" })).StatusCode);
        Assert.Null(await stage.Ledger.FindHaltAsync(CancellationToken.None));
        Assert.Equal(["ann", "bob (over)"], (await stage.Ledger.ListSwitchingsAsync(CancellationToken.None)).Select(use => use.By));
    }

    [Theory]
    [InlineData("""{"by":"ann"}""")]
    [InlineData("""{"why":"storm"}""")]
    [InlineData("""{"by":" ","why":"storm"}""")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Halt_WithoutWhoOrWhy_IsRefused(string call)
    {
        using var answer = await http.PostAsync("/api/halt", new StringContent(call));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await stage.Ledger.FindHaltAsync(CancellationToken.None));
    }
}
