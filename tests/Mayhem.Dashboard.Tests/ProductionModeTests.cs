using System.Net;

namespace Mayhem.Dashboard.Tests;

public sealed class ProductionModeTests : IAsyncLifetime
{
    private DashboardStage stage = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        stage = await DashboardStage.OpenAsync(new DashboardOptions { Port = 0, ShowValues = false });
        http = await stage.HttpAsync();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Report_ProductionMode_HasFramesAndNoValues()
    {
        var report = stage.Report("cattle-0007");

        var shown = await http.GetStringAsync($"/api/reports/{report.Id}");

        Assert.Contains("ProcessFleet.WatchAsync", shown, StringComparison.Ordinal);
        Assert.Contains("exitCode", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"137\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("{ Host = ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_ProductionMode_HasNoBody()
    {
        await stage.KillAsync(1);

        var shown = await http.GetStringAsync($"/api/dead-letters/{stage.Broker.SequenceNumbers(Mayhem.Local.Broker.SubQueue.DeadLetter)[0]}");

        Assert.DoesNotContain("ops@example.net", shown, StringComparison.Ordinal);
        Assert.Contains("mayhem-reason", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ProductionMode_IsRefused()
    {
        await stage.KillAsync(1);

        using var answer = await http.GetAsync("/api/bench/export");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
