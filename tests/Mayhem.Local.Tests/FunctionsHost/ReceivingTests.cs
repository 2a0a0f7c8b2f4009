using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.FunctionsHost;

public class ReceivingTests
{
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Concurrency_MoreMessagesThanCalls_RunsSoManyAtATime()
    {
        var (running, most) = (0, 0);
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            async (_, _, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await release.Task;
                Interlocked.Decrement(ref running);
            },
            "\"maxConcurrentCalls\": 3");
        for (var i = 0; i < 10; i++)
            test.Bus.Send($"m{i}");

        await Eventually.HoldsAsync(() => test.Host.InFlight == 3 && Volatile.Read(ref running) == 3, "three run");
        Assert.Equal(3, test.Bus.Read(bus => bus.Locked.Count));
        release.SetResult();
        await test.EndedAsync(10);

        Assert.Equal(3, most);
        Assert.Equal(10, test.Bus.Completed.Count);
    }

    [Fact]
    public async Task Concurrency_RoomForVeryMany_ReceivesThemInPortionsSoThatNoLockRunsForLongBeforeItsMessageBegins()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, _, _) => release.Task, "\"maxConcurrentCalls\": 1000");
        for (var i = 0; i < 600; i++)
            test.Bus.Send($"m{i}");

        await Eventually.HoldsAsync(() => test.Host.InFlight == 600, "all run");
        Assert.Equal(256, test.Bus.Read(bus => bus.MostAskedFor));
        release.SetResult();
        await test.EndedAsync(600);
        Assert.Equal(600, test.Bus.Completed.Count);
    }

    [Fact]
    public async Task Concurrency_OneBlocksItsThread_TheNextRunsAllTheSame()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, message, _) =>
        {
            if (string.Equals(message.MessageId, "blocks", StringComparison.Ordinal))
                release.Task.Wait();
            return Task.CompletedTask;
        });

        test.Bus.Send("blocks");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the first blocks");
        test.Bus.Send("next");

        Assert.Equal("next", (await test.EndedAsync()).MessageId);
        release.SetResult();
    }

    [Fact]
    public async Task Prefetch_RoomAhead_LocksMessagesBeforeTheirTurnAndGivesThemBackAtTheStop()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            (_, _, _) => release.Task, "\"maxConcurrentCalls\": 1, \"prefetchCount\": 2");
        for (var i = 0; i < 5; i++)
            test.Bus.Send($"m{i}");

        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.Locked.Count) == 3, "one runs, two wait under lock");
        Assert.Equal(1, test.Host.InFlight);
        var stop = test.Host.StopAsync();
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.Abandoned.Count) == 2, "two are given back");
        release.SetResult();
        await stop;

        Assert.Equal(["m1", "m2"], test.Bus.Abandoned);
        Assert.Equal(["m0"], test.Bus.Completed);
        Assert.Single(test.Ended);
    }

    [Fact]
    public async Task Receive_ManyMessagesThatFailAtRandom_EachIsCompletedOnce()
    {
        const int count = 500;
        var random = new Random(20261121);
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            async (_, message, _) =>
            {
                if (seen.AddOrUpdate(message.MessageId, 1, (_, times) => times + 1) == 1 && Flip(random))
                    throw new InvalidOperationException("once");
                await Task.Yield();
            },
            "\"maxConcurrentCalls\": 8, \"prefetchCount\": 5");

        for (var i = 0; i < count; i++)
            test.Bus.Send($"m{i}");
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.Completed.Count) == count, "all are completed");

        Assert.Equal(count, test.Bus.Completed.Distinct().Count());
        Assert.Empty(test.Bus.Locked);
        Assert.Equal(test.Bus.Abandoned.Count + count, seen.Values.Sum());
    }

    [Fact]
    public async Task Receive_TheBrokerFails_IsTriedAgainASecondLater()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, _, _) => Task.CompletedTask);
        test.Bus.Read(bus =>
        {
            bus.ReceiveFailures.Enqueue(new ServiceBusException("gone", ServiceBusFailureReason.ServiceCommunicationProblem));
            return 0;
        });

        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.ReceiveFailures.Count) == 0, "the broker has failed");
        await Eventually.HoldsAsync(() => Passed(test), "the message is received all the same");

        Assert.Equal(["m1"], test.Bus.Completed);
    }

    [Fact]
    public async Task AutoLockRenewal_WhileTheFunctionRuns_RenewsTenSecondsBeforeTheEndUntilTheLimit()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, _, _) => release.Task, "\"maxAutoLockRenewalDuration\": \"00:00:50\"");
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1 && test.Time.TimerCount >= 2, "the function runs");

        test.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.Empty(test.Bus.Renewed);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.Renewed.Count) == 1 && test.Time.TimerCount >= 2, "renewed at 20 s");
        test.Time.Advance(TimeSpan.FromSeconds(20));
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.Renewed.Count) == 2, "renewed at 40 s");
        test.Time.Advance(TimeSpan.FromMinutes(1));
        release.SetResult();
        await test.EndedAsync();

        Assert.Equal(["m1", "m1"], test.Bus.Renewed);
    }

    [Fact]
    public async Task AutoLockRenewal_SetToZero_IsLeftToTheApp()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, _, _) => release.Task, "\"maxAutoLockRenewalDuration\": \"00:00:00\"");
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the function runs");

        test.Time.Advance(TimeSpan.FromMinutes(2));
        release.SetResult();
        await test.EndedAsync();

        Assert.Empty(test.Bus.Renewed);
    }

    private static bool Passed(HostUnderTest test)
    {
        test.Time.Advance(TimeSpan.FromSeconds(1));
        return !test.Ended.IsEmpty;
    }

    private static bool Flip(Random random)
    {
        lock (random)
            return random.Next(2) == 0;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
