using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Mayhem.Locks;
using Mayhem.Observation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Engine;

/// <summary>Keeping the lock of a message that is handled long before it has to be renewed, beside so many others.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "They are disposed of in the cleanup.")]
public class HoldAndRelease : IRenewableLock
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly ProcessingCounters counters = new();
    private readonly List<LockHandle> others = [];
    private LockRenewer renewer = null!;

    [Params(0, 10_000)]
    public int Others { get; set; }

    [GlobalSetup]
    public void HoldOthers()
    {
        renewer = new LockRenewer(new LockOptions(), TimeProvider.System, counters, NullLogger<LockRenewer>.Instance);
        for (var other = 0; other < Others; other++)
            others.Add(renewer.Hold("other", Length, Length, this));
    }

    [GlobalCleanup]
    public async Task ReleaseOthers()
    {
        foreach (var other in others)
            await other.DisposeAsync();
        renewer.Dispose();
        counters.Dispose();
    }

    [Benchmark]
    public ValueTask Once() => renewer.Hold("m-1", Length, Length, this).DisposeAsync();

    public Task RenewLockAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
