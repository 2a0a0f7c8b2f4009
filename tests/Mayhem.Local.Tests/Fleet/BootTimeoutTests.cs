using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mayhem.Local.Fleet;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.Fleet;

/// <summary>A process that is started and never says that it is up. The processes are real; the time is not.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes of it through IAsyncLifetime.")]
public sealed class BootTimeoutTests : IAsyncLifetime
{
    private const string Host = "cattle-0001";
    private const int TimersOfAnIdleFleet = 1;

    private readonly ManualTimeProvider clock = new();
    private readonly TemporaryFolder folder = new();
    private readonly List<ProcessFleet> fleets = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var fleet in fleets)
            await fleet.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Start_HostIsNotReadyWithinBootTimeout_FailsByNameAndLeavesNoProcess()
    {
        var fleet = Silent();
        var starting = fleet.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => clock.TimerCount > TimersOfAnIdleFleet, "the fleet waits for its host");
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimersOfAnIdleFleet + 1, clock.TimerCount);
        Assert.False(starting.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        AssertNotReady(await Assert.ThrowsAsync<RestartFailedException>(() => starting), within: "00:01:00");
        Assert.Null(fleet.ProcessIdOf(Host));
    }

    [Fact]
    public async Task Issue_HostDidNotBootInTime_BootsItWithinBootTimeoutOnceMore()
    {
        var fleet = Silent();
        var starting = fleet.StartAsync(CancellationToken.None);
        await LetPassAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<RestartFailedException>(() => starting);

        var issuing = fleet.IssueAsync(FleetBench.Order(Host), CancellationToken.None);
        await LetPassAsync(TimeSpan.FromSeconds(59));
        Assert.False(issuing.IsCompleted);
        await LetPassAsync(TimeSpan.FromSeconds(1));
        AssertNotReady(await Assert.ThrowsAsync<RestartFailedException>(() => issuing), within: "00:01:00");
        Assert.Null(await fleet.FindIssuedAsync(FleetBench.Order(Host), CancellationToken.None));
    }

    private async Task LetPassAsync(TimeSpan span)
    {
        await Eventually.HoldsAsync(() => clock.TimerCount > TimersOfAnIdleFleet, "the fleet waits for its host");
        clock.Advance(span);
    }

    private static void AssertNotReady(RestartFailedException error, string within)
    {
        Assert.StartsWith($"Host '{Host}' did not start: process ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($" was not ready within {within}.", error.Message, StringComparison.Ordinal);
        Assert.False(FleetBench.IsAlive(int.Parse(error.Message.Split("process ")[1].Split(' ')[0], CultureInfo.InvariantCulture)));
    }

    // It listens until its input is closed, so it ends with this program, and says nothing.
    private ProcessFleet Silent()
    {
        var options = new FleetOptions
        {
            DataDirectory = folder.Path,
            Hosts = FleetHost.Cattle(1),
            Launch = new HostLaunch("/bin/sh", ["-c", "while read line; do :; done"]),
            BootTimeout = TimeSpan.FromMinutes(1),
            HealthTimeout = TimeSpan.FromSeconds(1),
        };
        var fleet = new ProcessFleet(options, clock, NullLogger<ProcessFleet>.Instance);
        fleets.Add(fleet);
        return fleet;
    }
}
