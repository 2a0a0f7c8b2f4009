using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Mayhem.Local.Fleet;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.Fleet;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes of it through IAsyncLifetime.")]
public sealed class ProcessFleetTests : IAsyncLifetime
{
    private const string Host = "cattle-0001";
    private readonly FleetBench bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    [Fact]
    public async Task Restart_KnownHost_LeavesANewProcessThatAnswers()
    {
        var fleet = await bench.StartAsync(1);
        var booted = fleet.ProcessIdOf(Host)!.Value;
        var order = FleetBench.Order(Host);
        var issued = await fleet.IssueAsync(order, CancellationToken.None);
        await fleet.WatchAsync(order, issued, CancellationToken.None);
        Assert.Equal((booted, fleet.ProcessIdOf(Host)), (issued.OldProcessId, issued.NewProcessId));
        Assert.NotEqual(booted, issued.NewProcessId);
        Assert.False(FleetBench.IsAlive(booted));
        Assert.True(FleetBench.IsAlive(issued.NewProcessId!.Value));
        Assert.Equal(
            [$"{Host}\t{booted}\tboot", $"{Host}\t{issued.NewProcessId}\trestart\t{booted}\treq-1\t1"],
            bench.Starts.Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task Issue_FleetIsStillBooting_BootsTheHostOnceAndReplacesItsProcess()
    {
        var fleet = bench.Create(6);
        var starting = fleet.StartAsync(CancellationToken.None);
        var issued = await fleet.IssueAsync(FleetBench.Order("cattle-0006"), CancellationToken.None);
        await starting;
        Assert.NotNull(issued.OldProcessId);
        Assert.Equal(issued.NewProcessId, fleet.ProcessIdOf("cattle-0006"));
        Assert.Equal(
            ["boot", "restart"],
            bench.Starts.Select(line => line.Split('\t')).Where(start => start[1] == "cattle-0006").Select(start => start[3]));
        Assert.Equal(7, bench.Starts.Length);
    }

    [Fact]
    public async Task Start_OnceAnHour_ForgetsWhatHasBecomeOld()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var options = new FleetOptions { DataDirectory = bench.Folder, Hosts = [], Launch = FleetBench.Mayhem, ClaimRetention = TimeSpan.FromDays(1) };
        await using var fleet = new ProcessFleet(options, clock, NullLogger<ProcessFleet>.Instance);
        await fleet.StartAsync(CancellationToken.None);
        var claim = Path.Combine(bench.Folder, HostProtocol.ClaimFolder, "req-1.1");
        await File.WriteAllTextAsync(claim, "host=cattle-0001\n");
        var log = Path.Combine(bench.Folder, HostProtocol.StartLog);
        await File.WriteAllTextAsync(log, $"{clock.GetUtcNow():O}\tcattle-0001\t1\tboot\n");

        clock.Advance(TimeSpan.FromHours(2));
        Assert.True(File.Exists(claim));
        clock.Advance(TimeSpan.FromHours(24));
        await Eventually.HoldsAsync(() => !File.Exists(claim) && new FileInfo(log).Length == 0, "claim and start are forgotten");
    }

    [Fact]
    public async Task Issue_UnknownHost_IsRefusedByName()
    {
        var fleet = await bench.StartAsync(1);
        var error = await Assert.ThrowsAsync<HostNotFoundException>(() => fleet.IssueAsync(FleetBench.Order("pet-0001"), CancellationToken.None));
        Assert.Equal("pet-0001", error.Host);
    }

    [Fact]
    public async Task Issue_SameOrderTwice_StartsOneProcess()
    {
        var fleet = await bench.StartAsync(1);
        var first = await fleet.IssueAsync(FleetBench.Order(Host), CancellationToken.None);
        Assert.Equal(first, await fleet.IssueAsync(FleetBench.Order(Host), CancellationToken.None));
        Assert.Equal(2, bench.Starts.Length);
    }

    [Fact]
    public async Task Issue_NextAttempt_StartsAnother()
    {
        var fleet = await bench.StartAsync(1);
        var first = await fleet.IssueAsync(FleetBench.Order(Host), CancellationToken.None);
        var second = await fleet.IssueAsync(FleetBench.Order(Host, attempt: 2), CancellationToken.None);
        Assert.Equal(first.NewProcessId, second.OldProcessId);
    }

    [Fact]
    public async Task FindIssued_NextRunOfTheProgram_KnowsTheOrderAndAcceptsTheHostAsBootedSince()
    {
        var order = FleetBench.Order(Host, "žádost/č. 1: ☃");
        await using var crashed = await bench.StartAsync(1);
        Assert.Null(await crashed.FindIssuedAsync(order, CancellationToken.None));
        var issued = await crashed.IssueAsync(order, CancellationToken.None);
        await crashed.DisposeAsync();

        var next = await bench.StartAsync(1);
        Assert.Equal(issued, await next.FindIssuedAsync(order, CancellationToken.None));
        Assert.Equal(issued, await next.IssueAsync(order, CancellationToken.None));
        await next.WatchAsync(order, issued, CancellationToken.None);
        Assert.Equal(["boot", "restart", "boot"], bench.Starts.Select(line => line.Split('\t')[3]));
    }

    [Fact]
    public async Task Issue_ProcessOfAnEarlierRunClaimsLate_CountsAsIssued()
    {
        var fleet = await bench.StartAsync(1);
        var booted = fleet.ProcessIdOf(Host)!.Value;
        var order = FleetBench.Order(Host);
        var orphan = await ClaimBetweenCheckAndStartAsync(fleet, order);
        Assert.Equal(4711, orphan.NewProcessId);
        await Eventually.HoldsAsync(() => fleet.ProcessIdOf(Host) is { } now && now != booted, "the host is booted again");
        await fleet.WatchAsync(order, orphan, CancellationToken.None);
        Assert.DoesNotContain(bench.Starts, line => line.Contains("restart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_DiesByItself_IsBootedAgain()
    {
        var fleet = await bench.StartAsync(1);
        var booted = fleet.ProcessIdOf(Host)!.Value;
        Kill(booted);
        await Eventually.HoldsAsync(() => fleet.ProcessIdOf(Host) is { } now && now != booted && FleetBench.IsAlive(now), "the host is booted again");
    }

    [Fact]
    public async Task Watch_RestartedProcessDied_IsAFailedRestart()
    {
        var fleet = await bench.StartAsync(1);
        var order = FleetBench.Order(Host);
        var issued = await fleet.IssueAsync(order, CancellationToken.None);
        Kill(issued.NewProcessId!.Value);
        await Eventually.HoldsAsync(() => !FleetBench.IsAlive(issued.NewProcessId!.Value), "the process is gone");
        var error = await Assert.ThrowsAsync<RestartFailedException>(() => fleet.WatchAsync(order, issued, CancellationToken.None));
        Assert.Contains($"process {issued.NewProcessId} ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_LaterRestartLeftNoProcess_IsNoFailureOfThisOne()
    {
        var fleet = await bench.StartAsync(1);
        var order = FleetBench.Order(Host);
        var issued = await fleet.IssueAsync(order, CancellationToken.None);
        Directory.Delete(bench.Folder, recursive: true);
        await Assert.ThrowsAsync<RestartFailedException>(() => fleet.IssueAsync(FleetBench.Order(Host, "req-2"), CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() => fleet.WatchAsync(order, issued, CancellationToken.None));

        Directory.CreateDirectory(Path.Combine(bench.Folder, HostProtocol.ClaimFolder));
        await Eventually.HoldsAsync(() => fleet.ProcessIdOf(Host) is not null, "the host is booted again");
        await fleet.WatchAsync(order, issued, CancellationToken.None);
    }

    [Fact]
    public async Task Issue_ManyHostsAtOnce_RestartsEachOnceInItsOwnTurn()
    {
        var fleet = await bench.StartAsync(4);
        var orders = Enumerable.Range(0, 12).Select(number => FleetBench.Order($"cattle-000{(number % 4) + 1}", $"req-{number}")).ToList();
        var clock = Stopwatch.StartNew();
        var issued = await Task.WhenAll(orders.Select(order => fleet.IssueAsync(order, CancellationToken.None)));
        await Task.WhenAll(orders.Zip(issued, (order, restart) => fleet.WatchAsync(order, restart, CancellationToken.None)));
        Assert.Equal(12, issued.Select(restart => restart.NewProcessId).Distinct().Count());
        Assert.Equal(12, issued.Select(restart => restart.OldProcessId).Distinct().Count());
        Assert.Equal(16, bench.Starts.Length);
        Assert.Equal(4, Enumerable.Range(1, 4).Count(number => FleetBench.IsAlive(fleet.ProcessIdOf($"cattle-000{number}")!.Value)));
    }

    [Fact]
    public async Task Issue_CancelledWhileItWaitsForItsTurn_ActsNot()
    {
        var fleet = await bench.StartAsync(1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fleet.IssueAsync(FleetBench.Order(Host), cancelled.Token));
        Assert.Null(await fleet.FindIssuedAsync(FleetBench.Order(Host), CancellationToken.None));
        Assert.Single(bench.Starts);
    }

    [Fact]
    public async Task Dispose_RunningFleet_EndsItsProcesses()
    {
        var fleet = await bench.StartAsync(2);
        var processes = fleet.Hosts.Select(host => fleet.ProcessIdOf(host.Name)!.Value).ToList();
        await fleet.DisposeAsync();
        Assert.DoesNotContain(processes, FleetBench.IsAlive);
        await Assert.ThrowsAsync<RestartFailedException>(() => fleet.IssueAsync(FleetBench.Order(Host), CancellationToken.None));
    }

    [Fact]
    public async Task Start_ProgramThatIsNoHost_SaysWhichHostDidNotStart()
    {
        var error = await Assert.ThrowsAsync<RestartFailedException>(() => bench.StartAsync(1, new HostLaunch("/bin/false", [])));
        Assert.StartsWith($"Host '{Host}' did not start: process ", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<RestartFailedException>(() => bench.StartAsync(1, new HostLaunch("/no/such/program", [])));
        Assert.Contains("/no/such/program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OldClaims_AreForgotten()
    {
        await using var first = await bench.StartAsync(1);
        await first.IssueAsync(FleetBench.Order(Host, "old"), CancellationToken.None);
        await first.IssueAsync(FleetBench.Order(Host, "young"), CancellationToken.None);
        await first.DisposeAsync();
        var claim = Directory.GetFiles(Path.Combine(bench.Folder, HostProtocol.ClaimFolder), "old-*").Single();
        File.SetLastWriteTimeUtc(claim, File.GetLastWriteTimeUtc(claim) - TimeSpan.FromDays(7.1));
        var next = await bench.StartAsync(1);
        Assert.Null(await next.FindIssuedAsync(FleetBench.Order(Host, "old"), CancellationToken.None));
        Assert.NotNull(await next.FindIssuedAsync(FleetBench.Order(Host, "young"), CancellationToken.None));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("cattle/1")]
    public void Construction_ImpossibleName_IsNamed(string name)
    {
        var options = new FleetOptions { DataDirectory = bench.Folder, Hosts = [new FleetHost(name, "web")] };
        var error = Assert.Throws<ArgumentException>(() => new ProcessFleet(options, TimeProvider.System, NullLogger<ProcessFleet>.Instance));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    // Issuing comes back while the old process ends. Its successor needs tens of milliseconds to come to its claim, and finds this one.
    private async Task<IssuedRestart> ClaimBetweenCheckAndStartAsync(ProcessFleet fleet, RestartOrder order)
    {
        var issuing = fleet.IssueAsync(order, CancellationToken.None);
        await File.WriteAllTextAsync(
            Path.Combine(bench.Folder, HostProtocol.ClaimFolder, RestartClaims.NameOf(order)), "host=cattle-0001\npid=4711\nold-pid=4710\n");
        return await issuing;
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
