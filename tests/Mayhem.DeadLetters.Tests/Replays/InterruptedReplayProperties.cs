using Azure.Messaging.ServiceBus;
using FsCheck;
using FsCheck.Fluent;
using Mayhem.DeadLetters.Listing;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.DeadLetters.Tests.Replays;

/// <summary>A replay that dies at any of its steps, and is done again: nothing is lost, and no host is restarted twice for one request.</summary>
public sealed class InterruptedReplayWithDuplicateDetectionTests : InterruptedReplayProperties
{
    protected override TimeSpan? DuplicateWindow => TimeSpan.FromMinutes(10);

    [Fact]
    public void Replay_DiesAnywhereAndIsDoneAgain_EachRequestIsQueuedOnce() => CheckAll(queued => queued.Count == queued.Select(message => message.CorrelationId).Distinct(StringComparer.Ordinal).Count());
}

public sealed class InterruptedReplayWithoutDuplicateDetectionTests : InterruptedReplayProperties
{
    protected override TimeSpan? DuplicateWindow => null;

    [Fact]
    public void Replay_DiesAnywhereAndIsDoneAgain_EachRequestIsQueued() => CheckAll(_ => true);
}

public abstract class InterruptedReplayProperties : BenchUnderTest
{
    private int round;

    protected void CheckAll(Func<IReadOnlyList<ServiceBusReceivedMessage>, bool> holds)
    {
        var cases = Gen.Choose(1, 8).SelectMany(count => Gen.Choose(0, 4 * count).Three().Select(deaths => (count, deaths)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(cases.ToArbitrary(), one => HoldsAsync(one.count, [one.deaths.Item1, one.deaths.Item2, one.deaths.Item3], holds).GetAwaiter().GetResult()));
    }

    private async Task<bool> HoldsAsync(int count, int[] deaths, Func<IReadOnlyList<ServiceBusReceivedMessage>, bool> holds)
    {
        round++;
        var ids = Enumerable.Range(0, count).Select(number => $"round{round}-{number}").ToList();
        await KillAsync([.. ids]);

        foreach (var death in deaths)
        {
            var steps = 0;
            var dead = false;
            Task Step()
            {
                if (dead || Interlocked.Increment(ref steps) > death)
                {
                    dead = true;
                    throw new InvalidOperationException("The process is dead.");
                }

                return Task.CompletedTask;
            }

            var dying = new ScriptedClient(Client) { BeforeSend = _ => Step(), AfterSend = Step, BeforeComplete = Step, AfterComplete = Step };
            await BenchOf(dying).ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);
            if (ids.Except([.. (await DeadAsync()).Concat(await QueuedAsync()).Select(message => message.CorrelationId)], StringComparer.Ordinal).Any())
                return false;
        }

        await Bench.ReplayAsync(DeadLetterFilter.All, Order, progress: null, CancellationToken.None);
        var queued = await QueuedAsync();
        return (await DeadAsync()).Count == 0
            && ids.Order(StringComparer.Ordinal).SequenceEqual(queued.Select(message => message.CorrelationId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal)
            && holds(queued)
            && await RestartsAsync() == count;
    }

    /// <summary>Carries out what is queued, as far as a ledger lets it.</summary>
    private async Task<int> RestartsAsync()
    {
        await using var ledger = EmbeddedLedger.InMemory(TimeProvider.System);
        await using var receiver = Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        var restarts = 0;
        while (await receiver.ReceiveMessagesAsync(100, TimeSpan.FromMilliseconds(1)) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                var request = ((ParseResult.Readable)RestartRequestParser.Parse(message.Body.ToMemory().Span)).Request;
                if (await ledger.RecordIntentAsync(new RestartIntent(request), CancellationToken.None) is not IntentAnswer.Begun begun)
                    continue;
                restarts++;
                await ledger.RecordIssuedAsync(request.RequestId, begun.Attempt, new IssuedRestart("op"), CancellationToken.None);
                await ledger.RecordRestartedAsync(request.RequestId, begun.Attempt, CancellationToken.None);
            }
        }

        return restarts;
    }
}
