using System.Diagnostics;
using Mayhem.Benchmarks.Scenarios.Contenders;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios;

/// <summary>One run of a workload on one contender.</summary>
internal static class Run
{
    // As many as it takes for a journal to write many messages with one flush.
    private const int Senders = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(10);

    /// <summary>Times it. The requests are there before the clock starts.</summary>
    /// <exception cref="TimeoutException">Everything was handled, but not all of it is settled.</exception>
    public static async Task<Measurement> OnceAsync(Workload workload, IContender contender)
    {
        var handler = new Handler(workload.Messages, workload.Hold);
        await contender.StartAsync(workload, handler);
        contender.Prepare(Requests(workload));
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();

        var sending = workload.PerSecond is { } rate ? PacedAsync(workload.Messages, handler, contender, rate) : FloodAsync(workload.Messages, handler, contender);
        await sending.WaitAsync(Patience, TimeProvider.System);
        var stoodStillFor = await WholeAsync(handler);
        var lost = workload.Messages - handler.Ended;
        if (lost == 0)
            await contender.SettledAsync().WaitAsync(Patience, TimeProvider.System);

        var wall = Stopwatch.GetElapsedTime(start) - stoodStillFor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var latencies = handler.Latencies();
        return new Measurement(wall, handler.Ended / wall.TotalSeconds, (double)allocated / workload.Messages)
        {
            P50 = latencies[latencies.Length / 2],
            P99 = latencies[latencies.Length * 99 / 100],
            RenewalsLate = contender.Renewals?.Percentile(0.99) ?? TimeSpan.Zero,
            Lost = lost,
        };
    }

    /// <summary>What it holds for each request while all are there, in bytes. A run of its own: weighing stops the process for longer than a renewal may be late.</summary>
    public static async Task<double> WeighAsync(Workload workload, IContender contender)
    {
        var handler = new Handler(workload.Messages, workload.Hold);
        await contender.StartAsync(workload, handler);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        contender.Prepare(Requests(workload));
        var sending = FloodAsync(workload.Messages, handler, contender);
        var start = Stopwatch.GetTimestamp();
        while (handler.Running < workload.Messages && Stopwatch.GetElapsedTime(start) < workload.Hold * 0.6)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        await sending;
        await WholeAsync(handler);
        return (double)held / workload.Messages;
    }

    private static BenchRequest[] Requests(Workload workload) => [.. Enumerable.Range(0, workload.Messages).Select(number => BenchRequest.Of(number, workload.FateOf(number)))];

    /// <summary>Ends when every request was handled, or when nothing has moved for so long that the others must be lost.</summary>
    /// <returns>How long nothing had moved at the end.</returns>
    private static async Task<TimeSpan> WholeAsync(Handler handler)
    {
        var ended = handler.Ended;
        var since = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(handler.Whole, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System)) != handler.Whole)
        {
            if (handler.Ended != ended)
                since = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(since) > Standstill)
                return Stopwatch.GetElapsedTime(since);
            ended = handler.Ended;
        }

        return TimeSpan.Zero;
    }

    private static Task FloodAsync(int messages, Handler handler, IContender contender)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < messages)
            {
                handler.Sent(number);
                await contender.SendAsync(number);
            }
        })));
    }

    // On a thread of its own that spins: a timer would be late by more than what is measured.
    private static Task PacedAsync(int messages, Handler handler, IContender contender, int perSecond) => Task.Factory.StartNew(
        () =>
        {
            var sending = new List<Task>();
            var start = Stopwatch.GetTimestamp();
            for (var number = 0; number < messages; number++)
            {
                var due = start + (long)(number * (double)Stopwatch.Frequency / perSecond);
                while (Stopwatch.GetTimestamp() < due)
                    Thread.SpinWait(10);
                handler.Sent(number);
                var sent = contender.SendAsync(number);
                if (!sent.IsCompletedSuccessfully)
                    sending.Add(sent.AsTask());
            }

            return Task.WhenAll(sending);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
