using Mayhem.Breakers;

namespace Mayhem.Core.Tests.Breakers;

public class HostGroupsTests
{
    private static readonly HostGroups Groups = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["web"] = "web-*; www", ["canary"] = "web-0?;*-canary", ["east"] = "*.east.example.net",
    });

    [Theory]
    [InlineData("web-17", "web")]
    [InlineData("WWW", "web")]
    [InlineData("www.example.net", "default")]
    [InlineData("web-01", "canary")]
    [InlineData("web-011", "web")]
    [InlineData("db-canary", "canary")]
    [InlineData("web-canary", "canary")]
    [InlineData("a.b.east.example.net", "east")]
    [InlineData("db-1", "default")]
    public void GroupOf_Host_IsThatOfTheMostPrecisePattern(string host, string group) => Assert.Equal(group, Groups.GroupOf(host));

    [Fact]
    public void GroupOf_NoPatterns_IsTheDefault() => Assert.Equal("default", new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal)).GroupOf("web-1"));

    [Fact]
    public void Problems_OnePatternInTwoGroups_NamesBoth() => Assert.Equal(
        "Mayhem:Groups:b has the pattern 'WEB-*', which Mayhem:Groups:a has, too: a host belongs to one group.",
        Assert.Single(HostGroups.Problems(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "web-*", ["b"] = "db-*;WEB-*" })));

    [Fact]
    public void Constructor_BadPattern_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "web 1" }));
}
