using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Mayhem.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Local.Tests.FunctionsHost.Timers;

public class TimerListenerTests
{
    [Fact]
    public async Task Timer_RunsAtEachOfItsTimes_ThroughTheMiddleware()
    {
        var runs = new Runs();
        var throughMiddleware = 0;
        await using var test = await StartAsync(runs, app => app.Use(next => context =>
        {
            Interlocked.Increment(ref throughMiddleware);
            Assert.Equal("Timed", context.FunctionDefinition.Name);
            return next(context);
        }));

        await RunsAsync(test, runs, 3);

        Assert.Equal(runs.At.Distinct(StringComparer.Ordinal), runs.At);
        Assert.InRange(throughMiddleware, 3, int.MaxValue);
    }

    [Fact]
    public async Task Timer_ThatFails_RunsAgainTheNextTime()
    {
        var runs = new Runs { Failure = new IOException("The queue is out of reach.") };
        await using var test = await StartAsync(runs);

        await RunsAsync(test, runs, 2);
    }

    [Fact]
    public async Task Stop_WhileItRuns_CancelsItsTokenWhenTheWorkerHasStopped()
    {
        var runs = new Runs { Blocks = true };
        await using (var test = await StartAsync(runs))
        {
            await RunsAsync(test, runs, 1);
        }

        Assert.True(runs.Cancelled);
    }

    private static Task RunsAsync(HostUnderTest test, Runs runs, int times) => Eventually.HoldsAsync(
        () =>
        {
            test.Time.Advance(TimeSpan.FromSeconds(5));
            return runs.At.Count >= times;
        },
        $"it has run {times} times");

    private static Task<HostUnderTest> StartAsync(Runs runs, Action<IFunctionsWorkerApplicationBuilder>? compose = null) => HostUnderTest.StartAsync<TimedFunctions>(
        (_, _, _) => Task.CompletedTask,
        compose: app =>
        {
            app.Services.AddSingleton(runs);
            compose?.Invoke(app);
        });

    public sealed class Runs
    {
        public ConcurrentQueue<string> At { get; } = new();

        public Exception? Failure { get; init; }

        public bool Blocks { get; init; }

        public bool Cancelled { get; set; }
    }

    public sealed class TimedFunctions(Runs runs, TimeProvider time)
    {
        [Function("Received")]
        public static void Receive([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => Assert.NotNull(message);

        [Function("Timed")]
        public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, FunctionContext context, CancellationToken cancellationToken)
        {
            Assert.False(timer.IsPastDue);
            Assert.Equal(context.CancellationToken, cancellationToken);
            runs.At.Enqueue($"{time.GetUtcNow():HH:mm}");
            if (runs.Failure is { } failure)
                throw failure;
            if (!runs.Blocks)
                return;
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            runs.Cancelled = cancellationToken.IsCancellationRequested;
        }
    }
}
