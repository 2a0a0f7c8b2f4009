using Mayhem.Cli.Up;
using Mayhem.Local.Fleet;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Tests.Up;

public class FleetGroupsTests
{
    [Fact]
    public void GroupOf_EachHostOfTheFleet_IsAGroupOfItsOwnAndStrangersShareOne()
    {
        var groups = FleetGroups.For(new ConfigurationBuilder().Build(), FleetHost.Cattle(2))!;
        Assert.Equal(["cattle-0001", "cattle-0002", "default"], new[] { "cattle-0001", "cattle-0002", "nowhere" }.Select(groups.GroupOf));
    }

    [Fact]
    public void For_GroupsInTheSettings_LeavesThemInForce() => Assert.Null(FleetGroups.For(
        new ConfigurationBuilder().AddInMemoryCollection([new("Mayhem:Groups:web", "cattle-*")]).Build(), FleetHost.Cattle(2)));
}
