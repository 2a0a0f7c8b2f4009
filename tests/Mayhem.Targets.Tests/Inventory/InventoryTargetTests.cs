using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Targets.Inventory;
using Mayhem.Targets.Tests.Doubles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Targets.Tests.Inventory;

public sealed class InventoryTargetTests : IDisposable
{
    private readonly TargetFactory factory = new(new ConfigurationBuilder().Build(), AzureCloud.Public, TimeProvider.System, NullLogger<TargetFactory>.Instance);
    private readonly Recording processes = new();
    private readonly HostInventory inventory = new(
        [
            Entry("fleet", TargetKind.Process, "cattle-*"),
            Entry("vms", TargetKind.AzureVm, "web-*") with { ResourceId = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{host}" },
            Entry("racks", TargetKind.Webhook, "rack-*") with { Webhook = new() { Url = "https://127.0.0.1:1/{host}" } },
        ],
        [HostPattern.Parse("cattle-9")!]);

    public void Dispose() => factory.Dispose();

    [Theory]
    [InlineData("web-1", null)]
    [InlineData("web-1", true)]
    [InlineData("rack-1", null)]
    [InlineData("rack-1", true)]
    [InlineData("cattle-1", true)]
    public async Task Issue_UnlessDryRunIsSwitchedOff_OnlyRecords(string host, bool? dryRun)
    {
        var target = factory.Create(inventory, processes, dryRun);

        var issued = await target.IssueAsync(Order(host), default);
        await target.WatchAsync(Order(host), issued, default);

        Assert.True(issued.DryRun);
        Assert.Empty(processes.Calls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task Issue_LocalProcess_ActsUnlessToldNotTo(bool? dryRun)
    {
        var target = factory.Create(inventory, processes, dryRun);

        var issued = await target.IssueAsync(Order("cattle-1"), default);
        await target.FindIssuedAsync(Order("cattle-1"), default);
        await target.WatchAsync(Order("cattle-1"), issued, default);

        Assert.Equal(["issue cattle-1", "find cattle-1", "watch cattle-1"], processes.Calls);
    }

    [Fact]
    public async Task Issue_DryRunSwitchedOff_GoesOut()
    {
        await using var server = new LoopbackServer { Answer = _ => new Reply(200) };
        var open = new HostInventory([Entry("racks", TargetKind.Webhook, "rack-*") with { Webhook = new() { Url = server.Url + "/{host}" } }], []);

        Assert.False((await factory.Create(open, processes: null, dryRun: false).IssueAsync(Order("rack-1"), default)).DryRun);

        Assert.Equal("/rack-1", Assert.Single(server.Requests).Path);
    }

    [Theory]
    [InlineData("db-1", null)]
    [InlineData("db-1", false)]
    [InlineData("cattle-9", null)]
    [InlineData("CATTLE-9", false)]
    public async Task Issue_NotOptedInOrDenied_IsDeadLetteredAsDenied_AlsoInADryRun(string host, bool? dryRun)
    {
        var target = factory.Create(inventory, processes, dryRun);

        var denied = await Assert.ThrowsAsync<RestartDeniedException>(() => target.IssueAsync(Order(host), default));

        Assert.Equal("Denied", new FailureRules(DefaultFailureRules.All).Match(denied).Rule.DeadLetterReason);
        Assert.Empty(processes.Calls);
    }

    [Fact]
    public async Task Watch_IssuedForReal_IsWatchedAlsoAfterDryRunsWereSwitchedOn()
    {
        await factory.Create(inventory, processes, dryRun: true).WatchAsync(Order("cattle-1"), new IssuedRestart("op-1"), default);

        Assert.Equal(["watch cattle-1"], processes.Calls);
    }

    [Fact]
    public void Create_ProcessesWithoutAFleet_IsAnError() => Assert.Throws<InvalidOperationException>(() => factory.Create(inventory, processes: null, dryRun: null));

    private static RestartOrder Order(string host) => new(new RestartRequest { RequestId = "r-1", Host = host, Requester = "tests" }, 1, DateTimeOffset.UnixEpoch);

    private static InventoryEntry Entry(string name, TargetKind kind, string host) => new() { Name = name, Group = name, Kind = kind, Hosts = [HostPattern.Parse(host)!] };

    private sealed class Recording : IRestartTarget
    {
        public List<string> Calls { get; } = [];

        public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
        {
            Calls.Add($"issue {order.Request.Host}");
            return Task.FromResult(new IssuedRestart("op-1"));
        }

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken)
        {
            Calls.Add($"watch {order.Request.Host}");
            return Task.CompletedTask;
        }

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken)
        {
            Calls.Add($"find {order.Request.Host}");
            return Task.FromResult<IssuedRestart?>(null);
        }
    }
}
