using Mayhem.Breakers;
using Mayhem.Targets.Inventory;

namespace Mayhem.Targets.Tests.Inventory;

public class InventoryGroupsTests
{
    private readonly HostInventory inventory = new(
        [Entry("web", TargetKind.AzureVm), Entry("api", TargetKind.AzureVm) with { Group = "web" }, Entry("cattle", TargetKind.Process), Entry("herd", TargetKind.Process) with { Group = "farm" }],
        [HostPattern.Parse("web-9")!]);

    [Theory]
    [InlineData("web-1", "web")]
    [InlineData("API-1", "web")]
    [InlineData("cattle-1", "process cattle-1")]
    [InlineData("herd-1", "farm")]
    [InlineData("web-9", HostGroups.Default)]
    [InlineData("unknown", HostGroups.Default)]
    public void GroupOf_IsTheTargetsGroup(string host, string group) => Assert.Equal(group, new InventoryGroups(inventory, new ProcessGroups()).GroupOf(host));

    [Fact]
    public void GroupOf_ProcessesWithoutGroupsOfTheirOwn_IsTheTargetsName() => Assert.Equal("cattle", new InventoryGroups(inventory, processes: null).GroupOf("cattle-1"));

    private static InventoryEntry Entry(string name, TargetKind kind) => new() { Name = name, Group = name, Kind = kind, Hosts = [HostPattern.Parse($"{name}-*")!] };

    private sealed class ProcessGroups : IHostGroups
    {
        public string GroupOf(string host) => $"process {host}";
    }
}
