using Mayhem.Functions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Tests.Configuration;

public class GuardSettingsTests
{
    [Fact]
    public void Groups_TakeWhatTheyDoNotNameFromThoseForAll()
    {
        var settings = Read(
            ("Mayhem:Groups:web", "web-*"), ("Mayhem:Guards:Budget", "5"), ("Mayhem:Guards:CoolDown", "00:10:00"), ("Mayhem:Guards:Groups:web:Budget", "2"),
            ("Mayhem:Guards:Groups:default:Budget", "0"));

        Assert.Empty(settings.Problems());
        Assert.Equal((5, TimeSpan.FromMinutes(10)), (settings.Everywhere.Budget, settings.Everywhere.CoolDown));
        Assert.Equal((2, TimeSpan.FromMinutes(10)), (settings.ByGroup["WEB"].Budget, settings.ByGroup["web"].CoolDown));
        Assert.Null(settings.ByGroup["default"].LimitsOf("default").Budget);
    }

    [Theory]
    [InlineData("Mayhem:Guards:Budgett", "1", "Mayhem:Guards:Budgett is not a setting; there are MaxAge, Window, ")]
    [InlineData("Mayhem:Guards:Budget", "many", "Mayhem:Guards:Budget is 'many'; give a whole number.")]
    [InlineData("Mayhem:Guards:Groups", "web", "Mayhem:Guards:Groups holds settings and has no value of its own.")]
    [InlineData("Mayhem:Guards:Groups:web", "1", "Mayhem:Guards:Groups:web holds the guards of a group and has no value of its own, as '1'.")]
    [InlineData("Mayhem:Guards:Groups:web:MinHealthy", "2", "Mayhem:Guards:Groups:web:GroupSize is missing")]
    [InlineData("Mayhem:Guards:Groups:wep:Budget", "2", "Mayhem:Guards:Groups:wep is no group; there are web, default.")]
    [InlineData("Mayhem:Guards:Groups:web:Window", "nightly", "Mayhem:Guards:Groups:web:Window has 'nightly'; give days and local times")]
    public void Problems_NameTheKeyAndTheWayOut(string key, string value, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(Read(("Mayhem:Groups:web", "web-*"), (key, value)).Problems()), StringComparison.Ordinal);

    [Fact]
    public void Problems_OfAllGroups_AreToldOnce() =>
        Assert.Single(Read(("Mayhem:Groups:web", "web-*"), ("Mayhem:Guards:Budget", "-1"), ("Mayhem:Guards:Groups:web:CoolDown", "00:01:00")).Problems());

    [Fact]
    public void Problems_GroupsOfALocalFleet_MayHaveAnyName() => Assert.Empty(Read(("Mayhem:Guards:Groups:cattle-0001:Budget", "1")).Problems());

    [Fact]
    public void Unknown_KeysOfGuards_AreFoundWithWhatTheyCouldBe()
    {
        var configuration = Configuration(("Mayhem:Guards:Budget", "1"), ("Mayhem:Guards:Groups:web:Budget", "1"), ("Mayhem:Guards:Groups:web:Bugdet", "1"));

        var (key, known) = Assert.Single(KnownSettings.Unknown(configuration));

        Assert.Equal("Mayhem:Guards:Groups:web:Bugdet", key);
        Assert.Contains("Mayhem:Guards:Groups:web:Budget", known);
    }

    private static GuardSettings Read(params (string Key, string Value)[] settings)
    {
        var configuration = Configuration(settings);
        return GuardSettings.From(configuration, GroupSettings.From(configuration), inventory: null);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
