using System.Text;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Operators;
using Mayhem.DeadLetters.Work;
using Mayhem.Messages;

namespace Mayhem.DeadLetters.Tests;

public sealed class EditAndDiscardTests : BenchUnderTest
{
    [Fact]
    public async Task Edit_NewBody_IsSentAndTheOldOneKept()
    {
        await KillAsync("a", "b");
        var edit = new DeadLetterEdit(await NumberOfAsync("b"), Encoding.UTF8.GetString(Request("b2", "web-9")));

        var outcome = await Bench.EditAsync(edit, Order, CancellationToken.None);

        Assert.Equal(1, outcome.Done);
        Assert.Equal("a", Assert.Single(await DeadAsync()).MessageId);
        var sent = Assert.Single(await QueuedAsync());
        Assert.Equal(Request("b2", "web-9"), sent.Body.ToArray());
        Assert.Equal("b2", sent.CorrelationId);
        Assert.Equal("b", sent.ApplicationProperties[MessageProperties.ReplayOf]);
        var kept = Assert.Single(Audit.Of(OperatorStep.Message));
        Assert.Equal(sent.ApplicationProperties[MessageProperties.ReplayRun], kept.Run);
        Assert.Equal(Request("b"), kept.Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("restart it")]
    public async Task Edit_BodyIsNoRequest_IsRefused(string body)
    {
        await KillAsync("a");
        var number = await NumberOfAsync("a");

        await Assert.ThrowsAsync<BenchException>(() => Bench.EditAsync(new(number, body), Order, CancellationToken.None));

        Assert.Single(await DeadAsync());
        Assert.Empty(Audit.Records);
    }

    [Fact]
    public async Task Edit_OtherHostUnderTheSameRequestId_IsRefused()
    {
        await KillAsync("a");
        var number = await NumberOfAsync("a");

        var refused = await Assert.ThrowsAsync<BenchException>(() => Bench.EditAsync(new(number, Encoding.UTF8.GetString(Request("a", "web-2"))), Order, CancellationToken.None));

        Assert.Contains("another requestId", refused.Message, StringComparison.Ordinal);
        Assert.Single(await DeadAsync());
    }

    [Fact]
    public async Task Edit_NoSuchDeadLetter_IsRefused() =>
        await Assert.ThrowsAsync<BenchException>(() => Bench.EditAsync(new(42, Encoding.UTF8.GetString(Request("a"))), Order, CancellationToken.None));

    [Fact]
    public async Task Discard_Confirmed_RemovesAndKeepsTheBodies()
    {
        await KillAsync([Message("a"), Message("b", "db-1")]);

        var outcome = await Bench.DiscardAsync(Host("db-*"), Order with { Confirmed = 1 }, progress: null, CancellationToken.None);

        Assert.Equal(1, outcome.Done);
        Assert.Equal("a", Assert.Single(await DeadAsync()).MessageId);
        Assert.Empty(await QueuedAsync());
        Assert.Equal(Request("b", "db-1"), Assert.Single(Audit.Of(OperatorStep.Message)).Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task Discard_MoreThanConfirmed_RemovesNothing(int? confirmed)
    {
        await KillAsync("a", "b");

        await Assert.ThrowsAsync<BenchException>(() => Bench.DiscardAsync(DeadLetterFilter.All, Order with { Confirmed = confirmed }, progress: null, CancellationToken.None));

        Assert.Equal(2, (await DeadAsync()).Count);
    }
}
