using Mayhem.Local.FunctionsHost;
using Mayhem.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Local.Tests.FunctionsHost;

public class StopAndCancelTests
{
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Stop_MessageInFlight_WorkerStopsFirstAndTheTokenIsNotCancelled()
    {
        var tokenAtTheEnd = new TaskCompletionSource<bool>();
        var drain = new Drain(release);
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            async (context, message, actions) =>
            {
                await release.Task;
                tokenAtTheEnd.SetResult(context.CancellationToken.IsCancellationRequested);
                await actions.CompleteMessageAsync(message, CancellationToken.None);
            },
            compose: app => app.Services.AddSingleton<IHostedService>(drain));
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the function runs");

        await test.Host.StopAsync();

        Assert.True(drain.Asked);
        Assert.True(test.Host.WorkerStopping.IsCancellationRequested);
        Assert.False(await tokenAtTheEnd.Task);
        Assert.Equal(["m1"], test.Bus.Completed);
        Assert.Equal(0, test.Host.InFlight);
    }

    [Fact]
    public async Task Stop_MessagesWaiting_AreNotReceivedAnyMore()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, _, _) => Task.CompletedTask);

        await test.Host.StopAsync();
        test.Bus.Send("m1");
        await test.Host.StopAsync();

        Assert.Empty(test.Ended);
        Assert.Empty(test.Bus.Locked);
    }

    [Fact]
    public async Task Stop_FunctionOutlivesTheWorker_IsCutOffAndSettlesNothing()
    {
        var settling = new TaskCompletionSource<Exception?>();
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(async (_, message, actions) =>
        {
            await release.Task;
            settling.SetResult(await Record.ExceptionAsync(() => actions.CompleteMessageAsync(message)));
        });
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the function runs");

        var stop = test.Host.StopAsync();
        await Eventually.HoldsAsync(() => Moved(test, stop), "the host has stopped");
        release.SetResult();

        Assert.IsType<InvalidOperationException>(await settling.Task);
        await test.EndedAsync();
        Assert.Equal(["m1"], test.Bus.Locked);
        Assert.Empty(test.Bus.Completed);
        Assert.Empty(test.Bus.Abandoned);
    }

    [Fact]
    public async Task CancelInvocation_Running_CancelsItsTokenAlone()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((context, message, actions) =>
            string.Equals(message.MessageId, "m1", StringComparison.Ordinal)
                ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken)
                : release.Task);
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1, "the first runs");
        var first = Assert.Single(test.Host.InFlightInvocations());
        test.Bus.Send("m2");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 2, "the second runs");

        Assert.True(await test.Host.CancelInvocationAsync(first));
        var ended = await test.EndedAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(ended.Failure);
        Assert.Equal("m1", ended.MessageId);
        Assert.False(await test.Host.CancelInvocationAsync("no such invocation"));
        release.SetResult();
    }

    [Fact]
    public async Task FunctionTimeout_Passes_TokenIsCancelledAndTheMessageAbandoned()
    {
        var cancelled = new TaskCompletionSource();
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(
            async (context, message, _) =>
            {
                if (message.DeliveryCount > 1)
                    return;
                context.CancellationToken.Register(cancelled.SetResult);
                await release.Task;
            },
            topLevel: "\"functionTimeout\": \"00:01:00\",");
        test.Bus.Send("m1");
        await Eventually.HoldsAsync(() => test.Host.InFlight == 1 && test.Time.TimerCount >= 2, "the function runs and is timed");

        test.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(cancelled.Task.IsCompleted);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.EndedAsync(2);

        Assert.True(cancelled.Task.IsCompletedSuccessfully);
        Assert.IsType<TimeoutException>(test.Ended.First().Failure);
        Assert.Equal(["m1"], test.Bus.Abandoned);
        Assert.Equal(1, test.Host.Failed);
        release.SetResult();
    }

    private static bool Moved(HostUnderTest test, Task stop)
    {
        test.Time.Advance(TimeSpan.FromSeconds(1));
        return stop.IsCompleted;
    }

    /// <summary>Lets the function finish when the worker is asked to stop, as a drain does.</summary>
    private sealed class Drain(TaskCompletionSource release) : IHostedService
    {
        public bool Asked { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Asked = true;
            release.SetResult();
            return Task.CompletedTask;
        }
    }
}
