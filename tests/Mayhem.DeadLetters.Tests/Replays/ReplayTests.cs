using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Operators;
using Mayhem.Messages;

namespace Mayhem.DeadLetters.Tests.Replays;

public sealed class ReplayTests : BenchUnderTest
{
    [Fact]
    public async Task Replay_One_SendsItAsTheSenderDidWithALineage()
    {
        var sent = Message("a");
        sent.ApplicationProperties["tenant"] = 7L;
        sent.Subject = "restart";
        await KillAsync([sent]);

        var outcome = await Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.True(outcome.IsComplete);
        Assert.Equal(1, outcome.Done);
        Assert.Empty(await DeadAsync());
        var again = Assert.Single(await QueuedAsync());
        Assert.Equal(Request("a"), again.Body.ToArray());
        Assert.Equal("a", again.CorrelationId);
        Assert.Equal("restart", again.Subject);
        Assert.NotEqual("a", again.MessageId);
        Assert.Equal(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["tenant"] = 7L,
                [MessageProperties.ReplayOf] = "a",
                [MessageProperties.ReplayBy] = Order.By,
                [MessageProperties.ReplayReason] = Order.Reason,
                [MessageProperties.ReplayCount] = 1,
                [MessageProperties.ReplayRun] = outcome.Run,
            },
            again.ApplicationProperties);
    }

    [Fact]
    public async Task Replay_OfAReplay_CountsUpUnderANewId()
    {
        await KillAsync("a");
        await Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);
        var first = Assert.Single(await QueuedAsync()).MessageId;
        await DieAgainAsync();

        await Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        var again = Assert.Single(await QueuedAsync());
        Assert.NotEqual(first, again.MessageId);
        Assert.Equal(2, again.ApplicationProperties[MessageProperties.ReplayCount]);
        Assert.Equal(first, again.ApplicationProperties[MessageProperties.ReplayOf]);
        Assert.StartsWith("a:", again.MessageId, StringComparison.Ordinal);
        Assert.True(again.MessageId.Length <= first.Length + 3);
    }

    [Fact]
    public async Task Replay_Filter_LeavesTheOthersDeadAndFree()
    {
        await KillAsync([Message("a"), Message("b", "db-1"), Message("c"), Message("d", "db-2")]);

        var outcome = await Bench.ReplayAsync(Host("db-*"), Order, progress: null, CancellationToken.None);

        Assert.Equal(2, outcome.Done);
        Assert.Equal(["a", "c"], (await DeadAsync()).Select(dead => dead.MessageId));
        await using var receiver = Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        Assert.Equal(2, (await receiver.ReceiveMessagesAsync(10, TimeSpan.FromMilliseconds(1))).Count);
    }

    [Fact]
    public async Task Replay_Max_TakesTheOldest()
    {
        await KillAsync("a", "b", "c");

        var outcome = await Bench.ReplayAsync(DeadLetterFilter.All, Order with { Max = 2 }, progress: null, CancellationToken.None);

        Assert.Equal(2, outcome.Planned);
        Assert.Equal("c", Assert.Single(await DeadAsync()).MessageId);
    }

    [Fact]
    public async Task Replay_DryRun_TellsAndDoesNothing()
    {
        await KillAsync("a", "b");

        var outcome = await Bench.ReplayAsync(DeadLetterFilter.All, Order with { DryRun = true }, progress: null, CancellationToken.None);

        Assert.Equal((2, 0), (outcome.Planned, outcome.Done));
        Assert.Equal(["a", "b"], outcome.Sample.Select(dead => dead.MessageId));
        Assert.Equal(2, (await DeadAsync()).Count);
        Assert.Empty(await QueuedAsync());
        Assert.Empty(Audit.Records);
    }

    [Fact]
    public async Task Replay_WhatFailsAgain_IsNotChased()
    {
        await KillAsync("a", "b", "c");
        var failing = new ScriptedClient(Client) { AfterSend = DieAgainAsync };

        var outcome = await BenchOf(failing).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.Equal(3, outcome.Done);
        Assert.Equal(3, failing.Sends);
        Assert.Equal(3, (await DeadAsync()).Count);
    }

    [Fact]
    public async Task Replay_Rate_IsKept()
    {
        await KillAsync("a", "b", "c");
        var before = TimeProvider.System.GetTimestamp();

        await Bench.ReplayAsync(DeadLetterFilter.All, Order with { Rate = 20 }, progress: null, CancellationToken.None);

        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(99));
    }

    [Fact]
    public async Task Replay_Cancelled_LosesNothingAndSaysSo()
    {
        await KillAsync("a", "b", "c", "d");
        using var cancelling = new CancellationTokenSource();
        var scripted = new ScriptedClient(Client) { AfterSend = cancelling.CancelAsync };

        var outcome = await BenchOf(scripted).ReplayAsync(DeadLetterFilter.All, Order with { Rate = 100 }, progress: null, cancelling.Token);

        Assert.True(outcome.Cancelled);
        Assert.Equal((1, 3), (outcome.Done, outcome.NotReached));
        Assert.Equal(4, (await DeadAsync()).Count + (await QueuedAsync()).Count);
        Assert.Equal("b", (await DeadAsync())[0].MessageId);
    }

    [Fact]
    public async Task Replay_BrokerRefuses_KeepsTheDeadLetterAndTellsWhy()
    {
        await KillAsync("a");
        var refusing = new ScriptedClient(Client) { BeforeSend = _ => throw new ServiceBusException("The queue is full.", ServiceBusFailureReason.QuotaExceeded) };

        var outcome = await BenchOf(refusing).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.Equal((0, 1), (outcome.Done, outcome.Failed));
        Assert.Contains("The queue is full.", Assert.Single(outcome.Failures).Error, StringComparison.Ordinal);
        Assert.Single(await DeadAsync());
    }

    [Fact]
    public async Task Replay_EveryMessageFails_GivesUpSoon()
    {
        await KillAsync([.. Enumerable.Range(0, 250).Select(number => $"r{number}")]);
        var refusing = new ScriptedClient(Client) { BeforeSend = _ => throw new ServiceBusException("Down.", ServiceBusFailureReason.ServiceCommunicationProblem) };

        var outcome = await BenchOf(refusing).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.InRange(outcome.Failed, 10, 100);
        Assert.Equal(250, (await DeadAsync()).Count);
    }

    [Fact]
    public async Task Replay_InSession_KeepsOrderAndSession()
    {
        await KillAsync(Enumerable.Range(0, 8).Select(number => new ServiceBusMessage(Request($"r{number}")) { MessageId = $"r{number}", SessionId = number % 2 == 0 ? "even" : "odd" }), queue: SessionQueue);

        await BenchOf(Client, SessionQueue).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        var again = await QueuedAsync(SessionQueue);
        foreach (var session in again.GroupBy(message => message.SessionId, StringComparer.Ordinal))
            Assert.Equal(session.Select(message => message.ApplicationProperties[MessageProperties.ReplayOf]).Order(), session.Select(message => message.ApplicationProperties[MessageProperties.ReplayOf]));
        Assert.Equal(8, again.Count);
    }

    [Fact]
    public async Task Replay_SessionMessageFails_LaterOnesOfItsSessionStayBehindIt()
    {
        await KillAsync(Enumerable.Range(0, 4).Select(number => new ServiceBusMessage(Request($"r{number}")) { MessageId = $"r{number}", SessionId = number < 2 ? "x" : "y" }), queue: SessionQueue);
        var refusing = new ScriptedClient(Client) { BeforeSend = message => message.MessageId.StartsWith("r0:", StringComparison.Ordinal) ? throw new ServiceBusException("No.", ServiceBusFailureReason.GeneralError) : Task.CompletedTask };

        var outcome = await BenchOf(refusing, SessionQueue).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.Equal((2, 2), (outcome.Done, outcome.Failed));
        Assert.Equal(["r0", "r1"], (await DeadAsync(SessionQueue)).Select(dead => dead.MessageId));
    }

    [Fact]
    public async Task Replay_Audit_NamesWhoWhyAndEachMessageBeforeItIsTouched()
    {
        await KillAsync("a");

        var outcome = await Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);

        Assert.Equal([OperatorStep.Begun, OperatorStep.Message, OperatorStep.Ended], Audit.Records.Select(record => record.Step));
        Assert.All(Audit.Records, record => Assert.Equal((outcome.Run, Order.By, Order.Reason, OperatorAction.Replay), (record.Run, record.By, record.Reason, record.Action)));
        Assert.Equal((await QueuedAsync())[0].MessageId, Audit.Records[1].SentAs);
    }

    [Fact]
    public async Task Replay_AuditIsFull_DoesNothing()
    {
        await KillAsync("a");
        Audit.IsFull = true;

        await Assert.ThrowsAsync<IOException>(() => Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None));

        Assert.Single(await DeadAsync());
        Assert.Empty(await QueuedAsync());
    }

    [Fact]
    public async Task Replay_AuditFillsUpOnTheWay_TellsWhatIsDoneAndStops()
    {
        await KillAsync("a", "b", "c");
        var filling = new ScriptedClient(Client)
        {
            AfterSend = () =>
            {
                Audit.IsFull = true;
                return Task.CompletedTask;
            },
        };

        var outcome = await BenchOf(filling).ReplayAsync(DeadLetterFilter.All, Order with { Rate = 1 }, progress: null, CancellationToken.None);

        Assert.Equal((1, 2), (outcome.Done, outcome.NotReached));
        Assert.Contains("The disk is full.", Assert.Single(outcome.Failures).Error, StringComparison.Ordinal);
        Assert.NotNull(outcome.AuditError);
        Assert.Equal(2, (await DeadAsync()).Count);
    }

    [Theory]
    [InlineData("", "why", null, null)]
    [InlineData("me", " ", null, null)]
    [InlineData("me", "why", 0, null)]
    [InlineData("me", "why", null, 0.0)]
    public async Task Replay_BadOrder_IsRefused(string by, string reason, int? max, double? rate)
    {
        await KillAsync("a");

        await Assert.ThrowsAsync<BenchException>(
            () => Bench.ReplayAsync(DeadLetterFilter.All, new() { By = by, Reason = reason, Max = max, Rate = rate }, progress: null, CancellationToken.None));

        Assert.Single(await DeadAsync());
    }

    private async Task DieAgainAsync()
    {
        await using var receiver = Client.CreateReceiver(Queue);
        foreach (var message in await receiver.ReceiveMessagesAsync(10, TimeSpan.FromMilliseconds(1)))
            await receiver.DeadLetterMessageAsync(message, Stamps(), "RetriesExhausted");
    }
}
