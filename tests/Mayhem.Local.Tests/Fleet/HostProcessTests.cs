using System.Diagnostics;
using Mayhem.Local.Fleet;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Fleet;

public sealed class HostProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder folder = new();

    public HostProcessTests() => Directory.CreateDirectory(folder[HostProtocol.ClaimFolder]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Input_Ends_TheProcessEndsAtOnce()
    {
        using var host = await StartAsync();
        host.StandardInput.Close();
        Assert.Equal(0, await ExitAsync(host));
    }

    [Fact]
    public async Task Ping_ManyInOneGo_AreAllAnswered()
    {
        using var host = await StartAsync();
        await host.StandardInput.WriteAsync("ping\nping\nping\n");
        for (var answer = 0; answer < 3; answer++)
            Assert.Equal($"pong {host.Id}", await host.StandardOutput.ReadLineAsync().WaitAsync(Limit, TimeProvider.System));
        host.StandardInput.Close();
        await ExitAsync(host);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Signal_MeantForTheFleet_IsIgnored(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var host = await StartAsync();
        using (var kill = Process.Start("kill", [$"-{signal}", $"{host.Id}"]))
            Assert.Equal(0, await ExitAsync(kill));
        await host.StandardInput.WriteAsync("ping\n");
        Assert.Equal($"pong {host.Id}", await host.StandardOutput.ReadLineAsync().WaitAsync(Limit, TimeProvider.System));
        host.StandardInput.Close();
        Assert.Equal(0, await ExitAsync(host));
    }

    [Fact]
    public async Task Claim_TwoProcessesForOneOrder_OneTakesItUp()
    {
        string[] order = ["--claim", "req-1.1", "--request", "req-1", "--attempt", "1", "--old-pid", ""];
        using var first = await StartAsync(order);
        using var second = Start(order);
        Assert.Equal(HostProtocol.AlreadyClaimed, await ExitAsync(second));
        first.StandardInput.Close();
        await ExitAsync(first);
        Assert.Single(await File.ReadAllLinesAsync(folder[HostProtocol.StartLog]));
    }

    [Fact]
    public async Task StartLog_ManyStartTogether_HasALineOfEach()
    {
        var hosts = Enumerable.Range(0, 8).Select(_ => Start()).ToList();
        foreach (var host in hosts)
            host.StandardInput.Close();
        foreach (var host in hosts)
            await ExitAsync(host);
        var lines = await File.ReadAllLinesAsync(folder[HostProtocol.StartLog]);
        Assert.Equal(hosts.Select(host => $"{host.Id}").Order(), lines.Select(line => line.Split('\t')[2]).Order());
        hosts.ForEach(host => host.Dispose());
    }

    private Process Start(params string[] more) => Process.Start(FleetBench.Mayhem.With(["--name", "cattle-0001", "--data", folder.Path, .. more]))!;

    private async Task<Process> StartAsync(params string[] more)
    {
        var host = Start(more);
        Assert.Equal($"ready {host.Id}", await host.StandardOutput.ReadLineAsync().WaitAsync(Limit, TimeProvider.System));
        return host;
    }

    private static async Task<int> ExitAsync(Process process)
    {
        await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        return process.ExitCode;
    }
}
