using System.Text.Json;
using Mayhem.Dashboard.Queues;
using Mayhem.Guards;
using Mayhem.Observation;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard.Live;

/// <summary>
/// Takes a sample every second, keeps those of the last quarter of an hour, and tells whoever listens. What costs more is looked at only while somebody listens.
/// </summary>
internal sealed class Sampler(DashboardSources sources, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int Kept = 900;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DepthsFreshFor = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitingFreshFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RemoteFreshFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<Sample> samples = new();
    private readonly RateWindow? rates = sources.Engine is { } engine ? new RateWindow(engine, clock) : null;
    private readonly long start = clock.GetTimestamp();
    private readonly Refreshed<QueueDepths> depths = new("the queue's depths", (_, stop) => sources.Depths(stop), sources.IsRemote ? RemoteFreshFor : DepthsFreshFor, clock, logger);
    private readonly Refreshed<WaitingList> waiting = new(
        "what waits in the queue", (_, stop) => WaitingList.ReadAsync(sources.Client, sources.Queue, stop), sources.IsRemote ? RemoteFreshFor : WaitingFreshFor, clock, logger);

    private readonly Refreshed<HaltSeen> halt = new(
        "the kill switch", async (_, stop) => new HaltSeen(sources.Ledger is null ? null : await sources.Ledger.FindHaltAsync(stop)), DepthsFreshFor, clock, logger);

    private TaskCompletionSource<LiveFrame> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveFrame? last;
    private int listeners;

    /// <summary>The samples kept, the oldest first.</summary>
    public IReadOnlyList<Sample> Samples()
    {
        lock (gate)
            return [.. samples];
    }

    /// <summary>Samples until it is told to end. Nothing that fails ends it.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        try
        {
            do
                await SampleSafelyAsync(ending);
            while (await ticks.WaitForNextTickAsync(ending));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
    }

    /// <summary>Frames as they come, the last one first, until the token is cancelled.</summary>
    public async IAsyncEnumerable<LiveFrame> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref listeners);
        try
        {
            Task<LiveFrame> coming;
            LiveFrame? known;
            lock (gate)
                (known, coming) = (last, next.Task);
            if (known is not null)
                yield return known;
            while (true)
            {
                yield return await coming.WaitAsync(cancellationToken);
                lock (gate)
                    coming = next.Task;
            }
        }
        finally
        {
            Interlocked.Decrement(ref listeners);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        depths.Dispose();
        waiting.Dispose();
        halt.Dispose();
    }

    private async Task SampleSafelyAsync(CancellationToken ending)
    {
        try
        {
            await SampleAsync(ending);
        }
        catch (Exception failure) when (!ending.IsCancellationRequested)
        {
            Log.SamplingFailed(logger, failure);
        }
    }

    private async Task SampleAsync(CancellationToken ending)
    {
        var queue = await depths.GetAsync(ending);
        var list = Volatile.Read(ref listeners) > 0 || last is null ? (await waiting.GetAsync(ending)).Value : last.State.Waiting;
        var state = Take(queue, list) with { Halt = (await halt.GetAsync(ending)).Value?.Halt };
        var frame = new LiveFrame(state, JsonSerializer.SerializeToUtf8Bytes(state, DashboardJson.Default.LiveState));
        TaskCompletionSource<LiveFrame> waited;
        lock (gate)
        {
            samples.Enqueue(state.Sample);
            if (samples.Count > Kept)
                samples.Dequeue();
            last = frame;
            (waited, next) = (next, new TaskCompletionSource<LiveFrame>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waited.SetResult(frame);
    }

    private LiveState Take(Known<QueueDepths> queue, WaitingList? list)
    {
        var now = clock.GetUtcNow();
        var lately = rates?.Next();
        var depth = queue.Error is null ? queue.Value : null;
        var state = new LiveState
        {
            At = now,
            Watched = clock.GetElapsedTime(start).TotalSeconds,
            Queue = queue.Value,
            QueueError = queue.Error,
            Waiting = list,
            Sample = new Sample(
                now.ToUnixTimeMilliseconds(), Rounded(lately?.Rate(ProcessingEvent.Received)), Rounded(lately?.Rate(ProcessingEvent.Restarted)),
                Rounded(lately?.Rate(ProcessingEvent.DeadLettered)), Rounded(lately?.Times.Quantile(0.5)?.TotalMilliseconds),
                Rounded(lately?.Times.Quantile(0.95)?.TotalMilliseconds), depth?.Ready, depth?.Locked, depth?.Scheduled, depth?.DeadLettered),
        };
        return sources.Engine is not { } seen ? state : state with
        {
            Stopping = seen.Stopping.IsCancellationRequested,
            Counts = Enum.GetValues<ProcessingEvent>().ToDictionary(counted => JsonNamingPolicy.CamelCase.ConvertName($"{counted}"), counted => seen.Counters[counted], StringComparer.Ordinal),
            InFlight = InFlightList.Of(seen.InFlight, now),
            HeldBack = [.. seen.Groups.Snapshot().Where(group => !group.IsClear).Select(GroupRow.Of)],
        };
    }

    /// <summary>What the kill switch said.</summary>
    private sealed record HaltSeen(Halt? Halt);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}

/// <summary>A state, and how it is sent.</summary>
internal sealed record LiveFrame(LiveState State, byte[] Json);
