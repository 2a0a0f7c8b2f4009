using Mayhem.Locks;
using Mayhem.Observation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Renewals;

/// <summary>Ways to keep many locks alive.</summary>
internal static class Renewers
{
    /// <summary>All of them, by name. Each begins to renew the watch's locks, and stops when it is disposed of.</summary>
    public static IReadOnlyDictionary<string, Func<RenewalWatch, IAsyncDisposable>> All { get; } = new Dictionary<string, Func<RenewalWatch, IAsyncDisposable>>(StringComparer.Ordinal)
    {
        ["a timer per message"] = watch => new TimerEach(watch),
        ["a `Task.Delay` loop per message"] = watch => new LoopEach(watch),
        ["Mayhem: one queue, one thread"] = watch => new OneForAll(watch),
    };

    private sealed class TimerEach : IAsyncDisposable
    {
        private readonly ITimer[] timers;

        public TimerEach(RenewalWatch watch)
        {
            timers = new ITimer[watch.Locks];
            for (var index = 0; index < timers.Length; index++)
            {
                var mine = index;
                watch.Begin(mine);
                timers[index] = TimeProvider.System.CreateTimer(_ => watch.Renewed(mine), null, watch.Length / 2, watch.Length / 2);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var timer in timers)
                await timer.DisposeAsync();
        }
    }

    private sealed class LoopEach : IAsyncDisposable
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Task[] loops;

        public LoopEach(RenewalWatch watch)
        {
            loops = new Task[watch.Locks];
            for (var index = 0; index < loops.Length; index++)
                loops[index] = RenewAsync(watch, index);
        }

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ending.Dispose();
        }

        private async Task RenewAsync(RenewalWatch watch, int index)
        {
            watch.Begin(index);
            while (true)
            {
                await Task.Delay(watch.Length / 2, TimeProvider.System, ending.Token);
                watch.Renewed(index);
            }
        }
    }

    private sealed class WatchedLock(RenewalWatch watch, int index) : IRenewableLock
    {
        public Task RenewLockAsync(CancellationToken cancellationToken)
        {
            watch.Renewed(index);
            return Task.CompletedTask;
        }
    }

    private sealed class OneForAll : IAsyncDisposable
    {
        private readonly ProcessingCounters counters = new();
        private readonly LockRenewer renewer;
        private readonly LockHandle[] handles;

        public OneForAll(RenewalWatch watch)
        {
            renewer = new LockRenewer(new LockOptions { Duration = watch.Length }, TimeProvider.System, counters, NullLogger<LockRenewer>.Instance);
            handles = new LockHandle[watch.Locks];
            for (var index = 0; index < handles.Length; index++)
            {
                watch.Begin(index);
                handles[index] = renewer.Hold("m", watch.Length, watch.Length, new WatchedLock(watch, index));
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var handle in handles)
                await handle.DisposeAsync();
            renewer.Dispose();
            counters.Dispose();
        }
    }
}
