using System.Diagnostics;

namespace Mayhem.Benchmarks.Renewals;

/// <summary>What it was like to keep the locks alive one way, under one disturbance.</summary>
internal sealed record RenewalFigures(int Lost, int Renewals, TimeSpan Late, TimeSpan Latest, double HeldPerLock, double AllocatedPerRenewal, double CpuShare)
{
    /// <summary>Holds the locks for a time.</summary>
    public static async Task<RenewalFigures> MeasureAsync(Func<RenewalWatch, IAsyncDisposable> renewer, Func<Disturbance> disturb, int locks, TimeSpan length, TimeSpan time)
    {
        var watch = new RenewalWatch(locks, length, time);
        using var process = Process.GetCurrentProcess();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var renewing = renewer(watch);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        var (allocated, cpu, start) = (GC.GetTotalAllocatedBytes(precise: true), process.TotalProcessorTime, Stopwatch.GetTimestamp());
        using (disturb())
            Wait(time);
        watch.End();
        process.Refresh();
        return new RenewalFigures(
            watch.Lost, watch.Renewals, watch.Late(0.99), watch.Late(1), (double)held / locks,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / Math.Max(1, watch.Renewals),
            (process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(start) / Environment.ProcessorCount);
    }

    // On this very thread: the pool may be blocked.
    private static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
