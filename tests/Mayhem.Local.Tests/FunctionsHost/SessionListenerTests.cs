using System.Collections.Concurrent;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.FunctionsHost;

public class SessionListenerTests
{
    [Fact]
    public async Task Sessions_SeveralAtATime_KeepTheOrderWithinEach()
    {
        var order = new ConcurrentDictionary<string, ConcurrentQueue<string>>(StringComparer.Ordinal);
        await using var test = await HostUnderTest.StartAsync<SessionFunction>(async (_, message, _) =>
        {
            await Task.Yield();
            order.GetOrAdd(message.SessionId, _ => new ConcurrentQueue<string>()).Enqueue(message.MessageId);
        });

        for (var i = 0; i < 20; i++)
            foreach (var session in new[] { "a", "b", "c" })
                test.Bus.Send($"{session}{i}", session);
        await test.EndedAsync(60);

        foreach (var session in new[] { "a", "b", "c" })
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{session}{i}"), order[session]);
    }

    [Fact]
    public async Task Sessions_OneBlocked_DoesNotHoldUpTheOther()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = await HostUnderTest.StartAsync<SessionFunction>((_, message, _) => message.SessionId is "slow" ? release.Task : Task.CompletedTask);

        test.Bus.Send("s1", "slow");
        test.Bus.Send("s2", "slow");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the slow session is at work");
        test.Bus.Send("q1", "quick");

        Assert.Equal("q1", (await test.EndedAsync()).MessageId);
        Assert.Equal(1, test.Host.InFlight);
        release.SetResult();
        await test.EndedAsync(3);
    }

    [Fact]
    public async Task Sessions_NoMoreThanAllowed_TheNextWaitsUntilOneHasBeenIdle()
    {
        await using var test = await HostUnderTest.StartAsync<SessionFunction>(
            (_, _, _) => Task.CompletedTask, "\"maxConcurrentSessions\": 1, \"sessionIdleTimeout\": \"00:00:05\"");

        test.Bus.Send("a1", "a");
        await test.EndedAsync();
        test.Bus.Send("b1", "b");
        test.Bus.Send("a2", "a");
        Assert.Equal("a2", (await test.EndedAsync(2)).MessageId);
        await Eventually.HoldsAsync(() => test.Time.TimerCount > 0, "the session waits for more");
        test.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("b1", (await test.EndedAsync(3)).MessageId);
        Assert.Equal(["a"], test.Bus.SessionsClosed);
    }

    [Fact]
    public async Task Stop_SessionAtWork_IsLetGoOnlyAfterItsMessage()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = await HostUnderTest.StartAsync<SessionFunction>((_, _, _) => release.Task);
        test.Bus.Send("a1", "a");
        test.Bus.Send("a2", "a");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the first runs");

        var stop = test.Host.StopAsync();
        await Eventually.HoldsAsync(() => test.Host.WorkerStopping.IsCancellationRequested, "the worker stops");
        Assert.Empty(test.Bus.SessionsClosed);
        release.SetResult();
        await stop;

        Assert.Equal(["a1"], test.Bus.Completed);
        await Eventually.HoldsAsync(() => test.Bus.Read(bus => bus.SessionsClosed.Count) == 1, "the session is let go");
        Assert.Single(test.Ended);
    }
}
