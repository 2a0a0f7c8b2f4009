namespace Mayhem.Benchmarks.Renewals;

/// <summary>What else goes on in a process while locks are renewed.</summary>
internal sealed class Disturbance : IDisposable
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim ended = new();
    private readonly CountdownEvent running;

    private Disturbance(int count) => running = new CountdownEvent(Math.Max(1, count));

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Disturbance>> All { get; } = new Dictionary<string, Func<Disturbance>>(StringComparer.Ordinal)
    {
        ["idle"] = Nothing,
        ["pool blocked"] = BlockedPool,
        ["cores spinning"] = SpinningCores,
    };

    public void Dispose()
    {
        ended.Set();
        running.Wait();
        ended.Dispose();
        running.Dispose();
    }

    private static Disturbance Nothing()
    {
        var nothing = new Disturbance(0);
        nothing.running.Signal();
        return nothing;
    }

    // Handlers that block: more of them than threads, for a second each, again and again.
    private static Disturbance BlockedPool()
    {
        var blocked = new Disturbance(256);
        for (var handler = 0; handler < 256; handler++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => blocked.BlockOnce(), null);
        return blocked;
    }

    private static Disturbance SpinningCores()
    {
        var spinning = new Disturbance(Environment.ProcessorCount);
        for (var core = 0; core < Environment.ProcessorCount; core++)
            new Thread(spinning.Spin) { IsBackground = true }.Start();
        return spinning;
    }

    private void BlockOnce()
    {
        if (ended.Wait(Block))
            running.Signal();
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => BlockOnce(), null);
    }

    private void Spin()
    {
        while (!ended.IsSet)
            Thread.SpinWait(1000);
        running.Signal();
    }
}
