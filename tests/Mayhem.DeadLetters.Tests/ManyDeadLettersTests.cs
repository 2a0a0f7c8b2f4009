using System.Globalization;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.Local.Broker;
using Xunit.Abstractions;

namespace Mayhem.DeadLetters.Tests;

public sealed class ManyDeadLettersTests(ITestOutputHelper output) : BenchUnderTest
{
    private const int Many = 100_000;

    [Fact]
    public async Task AHundredThousandDeadLetters_ListCountAndReplayOfTheLast_TakeSeconds()
    {
        await FillAsync();
        var time = TimeProvider.System;

        var start = time.GetTimestamp();
        var page = await Bench.ListAsync(DeadLetterFilter.All, 50_000, 50, CancellationToken.None);
        var listing = time.GetElapsedTime(start);
        start = time.GetTimestamp();
        var census = await Bench.CountAsync(DeadLetterFilter.All, CancellationToken.None);
        var counting = time.GetElapsedTime(start);
        var last = (await Bench.ListAsync(DeadLetterFilter.All, Many, 1, CancellationToken.None)).Items[0];
        start = time.GetTimestamp();
        var outcome = await Bench.ReplayAsync(new() { SequenceNumbers = [last.SequenceNumber] }, Order, progress: null, CancellationToken.None);
        var replaying = time.GetElapsedTime(start);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"page {listing.TotalMilliseconds:0} ms, census {counting.TotalMilliseconds:0} ms, replay of the last {replaying.TotalMilliseconds:0} ms"));

        Assert.Equal(50, page.Items.Count);
        Assert.Equal(50, page.Scanned);
        Assert.Equal(Many, census.Total);
        Assert.Equal(DeadLetterGrouping.Most, census.Hosts.Groups.Count);
        Assert.Equal(1, outcome.Done);
        Assert.Equal(Many - 1, Broker.Counts.DeadLettered);
        Assert.Equal(0, Broker.Counts.Locked);
        Assert.True(listing < TimeSpan.FromSeconds(2), $"A page took {listing}.");
        Assert.True(counting < TimeSpan.FromSeconds(30), $"Counting took {counting}.");
    }

    private async Task FillAsync()
    {
        await using var sender = Client.CreateSender(Queue);
        for (var sent = 0; sent < Many; sent += 500)
            await sender.SendMessagesAsync(Enumerable.Range(sent, 500).Select(number => Message($"r{number}", $"host-{number % 5000}")));
        await using var receiver = Client.CreateReceiver(Queue);
        while (Broker.Counts.DeadLettered < Many)
        {
            var messages = await receiver.ReceiveMessagesAsync(1000, TimeSpan.FromMilliseconds(1));
            await Task.WhenAll(messages.Select(message => receiver.DeadLetterMessageAsync(message, Stamps(), "RetriesExhausted")));
        }
    }
}
