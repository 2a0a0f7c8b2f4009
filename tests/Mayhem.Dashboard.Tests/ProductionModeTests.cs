using System.Net;

namespace Mayhem.Dashboard.Tests;

public sealed class ProductionModeTests() : StageTest(new DashboardOptions { Port = 0, ShowValues = false })
{
    [Fact]
    public async Task Report_ProductionMode_HasFramesAndNoValues()
    {
        var report = Stage.Report("cattle-0007");

        var shown = await Http.GetStringAsync($"/api/reports/{report.Id}");

        Assert.Contains("ProcessFleet.WatchAsync", shown, StringComparison.Ordinal);
        Assert.Contains("exitCode", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"137\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("{ Host = ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_ProductionMode_HasNoBody()
    {
        await Stage.KillAsync(1);

        var shown = await Http.GetStringAsync($"/api/dead-letters/{Stage.Broker.SequenceNumbers(Mayhem.Local.Broker.SubQueue.DeadLetter)[0]}");

        Assert.DoesNotContain("ops@example.net", shown, StringComparison.Ordinal);
        Assert.Contains("mayhem-reason", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ProductionMode_IsRefused()
    {
        await Stage.KillAsync(1);

        using var answer = await Http.GetAsync("/api/bench/export");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
