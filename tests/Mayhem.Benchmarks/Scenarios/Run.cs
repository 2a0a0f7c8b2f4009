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

    /// <exception cref="TimeoutException">Messages were lost, or it takes forever.</exception>
    public static async Task<Measurement> OnceAsync(Workload workload, IContender contender)
    {
        var handler = new Handler(workload.Messages, workload.Hold);
        await contender.StartAsync(workload, handler);
        var requests = Enumerable.Range(0, workload.Messages).Select(number => BenchRequest.Of(number, workload.FateOf(number))).ToArray();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();

        var sending = workload.PerSecond is { } rate ? PacedAsync(requests, handler, contender, rate) : FloodAsync(requests, handler, contender);
        held = workload.Measure == Measure.Wall ? await HeldAsync(handler, workload.Messages) - held : 0;
        await sending;
        await handler.Whole.WaitAsync(Patience, TimeProvider.System);
        await contender.SettledAsync().WaitAsync(Patience, TimeProvider.System);

        var wall = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var latencies = handler.Latencies();
        return new Measurement(
            wall, workload.Messages / wall.TotalSeconds, (double)allocated / workload.Messages, (double)held / workload.Messages,
            latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100]);
    }

    private static Task FloodAsync(BenchRequest[] requests, Handler handler, IContender contender)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests.Length)
            {
                handler.Sent(number);
                await contender.SendAsync(requests[number]);
            }
        })));
    }

    // On a thread of its own that spins: a timer would be late by more than what is measured.
    private static Task PacedAsync(BenchRequest[] requests, Handler handler, IContender contender, int perSecond) => Task.Factory.StartNew(
        () =>
        {
            var sending = new List<Task>();
            var start = Stopwatch.GetTimestamp();
            for (var number = 0; number < requests.Length; number++)
            {
                var due = start + (long)(number * (double)Stopwatch.Frequency / perSecond);
                while (Stopwatch.GetTimestamp() < due)
                    Thread.SpinWait(10);
                handler.Sent(number);
                var sent = contender.SendAsync(requests[number]);
                if (!sent.IsCompletedSuccessfully)
                    sending.Add(sent.AsTask());
            }

            return Task.WhenAll(sending);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private static async Task<long> HeldAsync(Handler handler, int messages)
    {
        var start = Stopwatch.GetTimestamp();
        while (handler.Running < messages && Stopwatch.GetElapsedTime(start) < handler.Hold / 2)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
