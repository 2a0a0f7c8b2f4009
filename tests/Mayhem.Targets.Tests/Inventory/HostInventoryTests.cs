using Mayhem.Targets.Inventory;

namespace Mayhem.Targets.Tests.Inventory;

public class HostInventoryTests
{
    private readonly HostInventory inventory = new(
        [Entry("web", "web-*"), Entry("special", "web-special", "web-s*"), Entry("left", "twin-*"), Entry("right", "*-twin")], [HostPattern.Parse("*-9")!]);

    [Theory]
    [InlineData("web-1", "web")]
    [InlineData("WEB-SPECIAL", "special")]
    [InlineData("web-s1", "special")]
    public void Find_TheClosestPattern_Wins(string host, string entry) =>
        Assert.Equal(entry, Assert.IsType<InventoryAnswer.OptedIn>(inventory.Find(host)).Entry.Name);

    [Fact]
    public void Find_NothingNamesIt_IsNotOptedIn() =>
        Assert.Contains("not opted in", Assert.IsType<InventoryAnswer.Denied>(inventory.Find("db-1")).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData("web-9")]
    [InlineData("Web-9")]
    public void Find_Denied_BeatsOptedIn(string host) =>
        Assert.Contains("deny list, as '*-9'", Assert.IsType<InventoryAnswer.Denied>(inventory.Find(host)).Why, StringComparison.Ordinal);

    [Fact]
    public void Find_TwoTargetsFitEquallyWell_IsDenied() =>
        Assert.Contains("'left' and 'right'", Assert.IsType<InventoryAnswer.Denied>(inventory.Find("twin-twin")).Why, StringComparison.Ordinal);

    [Fact]
    public void Find_NoEntries_DeniesEverything() => Assert.IsType<InventoryAnswer.Denied>(new HostInventory([], []).Find("web-1"));

    private static InventoryEntry Entry(string name, params string[] hosts) =>
        new() { Name = name, Group = name, Kind = TargetKind.Process, Hosts = [.. hosts.Select(host => HostPattern.Parse(host)!)] };
}
