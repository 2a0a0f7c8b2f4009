using System.Net;
using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Work;
using Mayhem.FrontDoor.Bench;

namespace Mayhem.FrontDoor.Tests;

/// <summary>The bench through the door: each operation is as on the broker itself.</summary>
public sealed class RemoteBenchTests : FrontDoorUnderTest
{
    private static readonly BenchOrder Order = new() { By = "ops", Reason = "why not" };

    [Fact]
    public async Task ListCountAndFind_Behind_TheDoor_TellTheSame()
    {
        await KillAsync("a", "b");
        using var bench = Bench();

        var page = await bench.ListAsync(DeadLetterFilter.All, 0, 1, CancellationToken.None);
        var census = await bench.CountAsync(new DeadLetterFilter { Reason = "pois*" }, CancellationToken.None);
        var found = await bench.FindAsync(page.Next!.Value, CancellationToken.None);

        Assert.Equal("a", Assert.Single(page.Items).RequestId);
        Assert.Equal(2, census.Total);
        Assert.Equal("b", found!.Summary.RequestId);
        Assert.Equal(Request("b"), Encoding.UTF8.GetString(found.Message.Body.Span));
        Assert.Null(await bench.FindAsync(4711, CancellationToken.None));
    }

    [Fact]
    public async Task ReplayEditAndDiscard_BehindTheDoor_AreDone()
    {
        await KillAsync("a", "b", "c");
        using var bench = Bench();
        var numbers = (await bench.ListAsync(DeadLetterFilter.All, 0, 10, CancellationToken.None)).Items.Select(dead => dead.SequenceNumber).ToList();

        var replayed = await bench.ReplayAsync(new() { SequenceNumbers = [numbers[0]] }, Order, progress: null, CancellationToken.None);
        var edited = await bench.EditAsync(new(numbers[1], Request("b2")), Order, CancellationToken.None);
        var discarded = await bench.DiscardAsync(DeadLetterFilter.All, Order with { Confirmed = 1 }, progress: null, CancellationToken.None);

        Assert.All([replayed, edited, discarded], outcome => Assert.True(outcome.IsComplete && outcome.Done == 1));
        Assert.Equal((2L, 0L), (Broker.Counts.Active, Broker.Counts.DeadLettered));
    }

    [Fact]
    public async Task ExportAndImport_ThroughTheDoor_BringThemBack()
    {
        await KillAsync("a", "b");
        using var bench = Bench();

        var exported = await bench.ExportAsync(DeadLetterFilter.All, CancellationToken.None).ToListAsync();
        var imported = await bench.ImportAsync(exported.ToAsyncEnumerable(), Order, progress: null, CancellationToken.None);

        Assert.Equal((2, 2), (exported.Count, imported.Done));
        Assert.Equal(2, Broker.Counts.Active);
    }

    [Fact]
    public async Task Refusals_ComeThroughTheDoorInWords()
    {
        await KillAsync("a");
        using var bench = Bench();

        var unconfirmed = await Assert.ThrowsAsync<BenchException>(() => bench.DiscardAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None));
        var tooLarge = await Assert.ThrowsAsync<BenchException>(() => bench.ListAsync(DeadLetterFilter.All, 0, 5000, CancellationToken.None));

        Assert.Contains("0 were confirmed", unconfirmed.Message, StringComparison.Ordinal);
        Assert.Contains("5000", tooLarge.Message, StringComparison.Ordinal);
        Assert.Equal(1, Broker.Counts.DeadLettered);
    }

    [Fact]
    public async Task Cancelled_ReplayBehindTheDoor_StopsAndLosesNothing()
    {
        await KillAsync([.. Enumerable.Range(0, 20).Select(number => $"r{number}")]);
        using var bench = Bench();
        using var cancelling = new CancellationTokenSource();

        var outcome = await bench.ReplayAsync(DeadLetterFilter.All, Order with { Rate = 5 }, new FirstNews(cancelling), cancelling.Token);

        Assert.True(outcome.Cancelled);
        await Mayhem.Testing.Eventually.HoldsAsync(() => Broker.Counts is { Locked: 0 } counts && counts.Active + counts.DeadLettered == 20 && counts.DeadLettered > 10, "the replay has stopped");
    }

    [Fact]
    public async Task Private_WithoutToken_IsRefused()
    {
        await RefusedAsync(HttpStatusCode.Forbidden, "X-Mayhem-Token", CallAsync(HttpMethod.Get, "/-/status"));
        await RefusedAsync(HttpStatusCode.Forbidden, "X-Mayhem-Token", CallAsync(HttpMethod.Post, "/-/bench/replay"));
    }

    [Fact]
    public async Task Status_WithToken_IsTold()
    {
        using var bench = Bench();
        using var status = await bench.StatusAsync(CancellationToken.None);

        Assert.True(status.RootElement.GetProperty("running").GetBoolean());
    }

    private RemoteBench Bench() => new(Door.Url, Door.Token, Queue);

    private static string Request(string id) => $$"""{"version":1,"requestId":"{{id}}","host":"web-1","requester":"ops"}""";

    private async Task KillAsync(params string[] ids)
    {
        var receiver = Client.CreateReceiver(Queue);
        foreach (var id in ids)
        {
            await Client.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage(Request(id)) { MessageId = id });
            await receiver.DeadLetterMessageAsync((await receiver.ReceiveMessageAsync())!, "Poison");
        }
    }

    private sealed class FirstNews(CancellationTokenSource cancelling) : IProgress<BenchProgress>
    {
        public void Report(BenchProgress value) => cancelling.Cancel();
    }
}
