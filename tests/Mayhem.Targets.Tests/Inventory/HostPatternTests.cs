using Mayhem.Targets.Inventory;

namespace Mayhem.Targets.Tests.Inventory;

public class HostPatternTests
{
    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("web-1", "WEB-1")]
    [InlineData("web-*", "web-")]
    [InlineData("web-*", "Web-12.example.net")]
    [InlineData("*", "anything")]
    [InlineData("api-??", "api-07")]
    [InlineData("*-db-*", "eu-db-1")]
    public void Matches_AFittingName(string pattern, string host) => Assert.True(HostPattern.Parse(pattern)!.Matches(host));

    [Theory]
    [InlineData("web-1", "web-10")]
    [InlineData("web-1", "myweb-1")]
    [InlineData("web.1", "web-1")]
    [InlineData("api-??", "api-7")]
    [InlineData("*-db-*", "db-1")]
    public void Matches_NoOtherName(string pattern, string host) => Assert.False(HostPattern.Parse(pattern)!.Matches(host));

    [Theory]
    [InlineData("")]
    [InlineData("web 1")]
    [InlineData("web-[0-9]")]
    [InlineData("web/1")]
    public void Parse_WhatNoHostIsNamed_IsNoPattern(string text) => Assert.Null(HostPattern.Parse(text));

    [Fact]
    public void Match_TellsWhatTheWildcardsStandFor()
    {
        Assert.Equal(["eu", "7", "x"], HostPattern.Parse("*-web-?-*")!.Match("eu-web-7-x"));
        Assert.Null(HostPattern.Parse("*-web-?")!.Match("web-7"));
    }
}
