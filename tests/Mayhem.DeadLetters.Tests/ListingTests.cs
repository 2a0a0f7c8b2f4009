using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;

namespace Mayhem.DeadLetters.Tests;

public sealed class ListingTests : BenchUnderTest
{
    [Fact]
    public async Task List_DeadLetter_TellsWhatItWasAndWhyItDied()
    {
        await KillAsync("a");

        var dead = Assert.Single((await Bench.ListAsync(DeadLetterFilter.All, 0, 10, CancellationToken.None)).Items);

        Assert.Equal("a", dead.RequestId);
        Assert.Equal("web-1", dead.Host);
        Assert.Equal("web", dead.Group);
        Assert.Equal("RetriesExhausted", dead.Reason);
        Assert.Equal("Transient", dead.Class);
        Assert.Equal("abc", dead.Fingerprint);
        Assert.Equal("report-1", dead.ReportId);
        Assert.Equal(5, dead.Attempts);
    }

    [Fact]
    public async Task List_Pages_CoverAllOnceInOrder()
    {
        await KillAsync([.. Enumerable.Range(0, 25).Select(number => $"r{number}")]);
        var seen = new List<string>();

        for (long? from = 0; from is { } next;)
        {
            var page = await Bench.ListAsync(DeadLetterFilter.All, next, 10, CancellationToken.None);
            seen.AddRange(page.Items.Select(dead => dead.MessageId));
            from = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"r{number}"), seen);
    }

    [Theory]
    [InlineData("reason", "fatal:*", "c")]
    [InlineData("host", "db-*", "b")]
    [InlineData("group", "d?", "b")]
    [InlineData("class", "poison", "d")]
    [InlineData("fingerprint", "FF", "c")]
    public async Task List_Filter_GivesWhatMatches(string what, string value, string expected)
    {
        await KillAsync("a");
        await KillAsync([Message("b", "db-1", "db")]);
        await KillAsync([Message("c")], "Fatal:HostNotFoundException", new(StringComparer.Ordinal) { ["mayhem-fingerprint"] = "ff01" });
        await KillAsync([new ServiceBusMessage("no request") { MessageId = "d" }], "Poison", []);
        var filter = new DeadLetterFilter
        {
            Reason = what == "reason" ? value : null,
            Host = what == "host" ? value : null,
            Group = what == "group" ? value : null,
            Class = what == "class" ? value : null,
            Fingerprint = what == "fingerprint" ? value : null,
        };

        Assert.Equal(expected, Assert.Single((await Bench.ListAsync(filter, 0, 10, CancellationToken.None)).Items).MessageId);
    }

    [Fact]
    public async Task List_Age_GoesByTheTimeOfDeath()
    {
        await KillAsync([Message("old")], stamps: new(StringComparer.Ordinal) { ["mayhem-failed-at"] = "2026-01-01T00:00:00.0000000+00:00" });
        await KillAsync("young");
        var limit = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal("old", Assert.Single((await Bench.ListAsync(new() { DiedBefore = limit }, 0, 10, CancellationToken.None)).Items).MessageId);
        Assert.Equal("young", Assert.Single((await Bench.ListAsync(new() { DiedSince = limit }, 0, 10, CancellationToken.None)).Items).MessageId);
    }

    [Fact]
    public async Task Count_Groups_AddUp()
    {
        await KillAsync("a", "b", "c");
        await KillAsync([new ServiceBusMessage("no request") { MessageId = "d" }], "Poison", []);

        var census = await Bench.CountAsync(DeadLetterFilter.All, CancellationToken.None);

        Assert.Equal(4, census.Total);
        Assert.True(census.IsWhole);
        Assert.Equal([("RetriesExhausted", 3), ("Poison", 1)], census.Reasons.Groups.Select(group => (group.Key!, group.Count)));
        Assert.Equal([("web-1", 3), (null, 1)], census.Hosts.Groups.Select(group => (group.Key, group.Count)));
        foreach (var grouping in new[] { census.Reasons, census.Classes, census.Fingerprints, census.Hosts, census.HostGroups, census.Ages })
            Assert.Equal(census.Total, grouping.Groups.Sum(group => group.Count) + grouping.Others);
    }

    [Fact]
    public async Task Find_Number_GivesEverything()
    {
        await KillAsync("a");

        var details = await Bench.FindAsync(await NumberOfAsync("a"), CancellationToken.None);

        Assert.Equal(Request("a"), details!.Message.Body.ToArray());
        Assert.Equal("System.TimeoutException", Assert.Single(details.History).Type);
        Assert.Null(details.BodyError);
        Assert.Equal(5, details.Message.Properties["mayhem-attempt"]);
    }

    [Fact]
    public async Task Find_NoSuchNumber_IsNull()
    {
        await KillAsync("a");

        Assert.Null(await Bench.FindAsync(await NumberOfAsync("a") + 1, CancellationToken.None));
    }
}
