using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Mayhem.Testing;

namespace Mayhem.Dashboard.Tests;

/// <summary>The real program.</summary>
public sealed class DashboardCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Dashboard_OfWhatARunHasLeft_ShowsItAndEndsOnASignal()
    {
        var (exitCode, _, errors) = await MayhemProcess.RunAsync(folder.Path, "up --count 12 --chaos 1 --seed 11 --hosts 2 --no-dashboard --json");
        Assert.True(exitCode == 0, string.Join('\n', errors));

        using var mayhem = MayhemProcess.Start(folder.Path, "dashboard --port 0", ("Mayhem__Guards__MaxAge", "02:00:00"));
        using var http = new HttpClient { BaseAddress = new Uri(await UrlAsync(mayhem)) };
        var dead = JsonNode.Parse(await http.GetStringAsync("/api/dead-letters"))!;
        var restarts = JsonNode.Parse(await http.GetStringAsync("/api/restarts"))!;
        var reports = JsonNode.Parse(await http.GetStringAsync("/api/reports"))!;
        var rules = JsonNode.Parse(await http.GetStringAsync("/api/rules"))!;
        mayhem.Send(PosixSignal.SIGTERM);

        Assert.Equal(7200, (double)rules["guards"]![0]!["maxAgeSeconds"]!);
        Assert.True((int)dead["page"]!["total"]! > 0);
        Assert.True((int)restarts["page"]!["total"]! > 0);
        Assert.True((int)reports["page"]!["total"]! > 0);
        Assert.Equal(0, await mayhem.EndAsync());
    }

    [Fact]
    public async Task Up_ItsDashboardsPortTaken_SaysSoAndGoesOn()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, $"up --count 3 --hosts 1 --port {port}");

        Assert.True(exitCode == 0, string.Join('\n', errors));
        Assert.Contains(output, line => line.StartsWith("no dashboard: ", StringComparison.Ordinal) && line.Contains($"{port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_WhileARunHasTheFolder_SaysThatItHasItsOwn()
    {
        using var mayhem = MayhemProcess.Start(folder.Path, "up --rate 1 --hosts 1 --port 0");
        _ = await UrlAsync(mayhem);

        var (exitCode, _, errors) = await MayhemProcess.RunAsync(folder.Path, "dashboard --port 0");

        Assert.Equal(2, exitCode);
        Assert.Contains("a running 'mayhem up' serves a dashboard of its own", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_Production_HidesValues()
    {
        using var mayhem = MayhemProcess.Start(folder.Path, "up --rate 10 --chaos 1 --hosts 1 --port 0", ("Mayhem__Reports__Mode", "Production"));
        using var http = new HttpClient { BaseAddress = new Uri(await UrlAsync(mayhem)) };
        var id = "";
        await Eventually.HoldsAsync(
            () => (id = (string?)JsonNode.Parse(http.GetStringAsync("/api/reports").GetAwaiter().GetResult())!["page"]!["rows"]!.AsArray().FirstOrDefault()?["id"] ?? "").Length > 0,
            "there is a report", TimeSpan.FromMinutes(2));

        var report = JsonNode.Parse(await http.GetStringAsync($"/api/reports/{id}"))!;

        Assert.False((bool)report["showsValues"]!);
        Assert.All(
            report["report"]!["exceptions"]!.AsArray().SelectMany(exception => exception!["frames"]!.AsArray()).SelectMany(frame => frame!["arguments"]!.AsArray().Concat(frame["locals"]!.AsArray())),
            value => Assert.Equal("(hidden)", (string?)value!["value"]));
    }

    private static async Task<string> UrlAsync(MayhemProcess mayhem)
    {
        await Eventually.HoldsAsync(() => Url(mayhem) is not null || mayhem.HasEnded, "the dashboard's address is told", TimeSpan.FromMinutes(2));
        return Url(mayhem) ?? throw new InvalidOperationException(string.Join('\n', mayhem.Errors));
    }

    private static string? Url(MayhemProcess mayhem) => mayhem.Output
        .Select(line => line.Split(' ')).FirstOrDefault(words => words is ["dashboard", ['h', 't', 't', 'p', ..], ..])?[1];
}
