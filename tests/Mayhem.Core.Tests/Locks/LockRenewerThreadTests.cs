using Mayhem.Locks;
using Mayhem.Observation;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Locks;

public class LockRenewerThreadTests
{
    [Fact]
    public async Task Thread_LocksComeAndGo_RenewsThemAllOnItsOwnThread()
    {
        using var counters = new ProcessingCounters();
        using var renewer = new LockRenewer(new LockOptions(), TimeProvider.System, counters, NullLogger<LockRenewer>.Instance);
        var threads = new HashSet<string?>(StringComparer.Ordinal);
        for (var round = 0; round < 2; round++)
        {
            await using var held = renewer.Hold("m-1", TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(1), _ =>
            {
                lock (threads)
                    threads.Add(Thread.CurrentThread.Name);
                return Task.CompletedTask;
            });
            await Eventually.HoldsAsync(() => held.Renewals == 1, "the lock is renewed");
        }

        Assert.Equal(["mayhem-lock-renewal"], threads);
    }

    [Fact]
    public async Task Thread_RenewalsFail_TellsTheHandler()
    {
        using var counters = new ProcessingCounters();
        using var renewer = new LockRenewer(new LockOptions(), TimeProvider.System, counters, NullLogger<LockRenewer>.Instance);
        await using var held = renewer.Hold("m-1", TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1), _ => throw new InvalidOperationException("no"));
        await Eventually.HoldsAsync(() => held.Token.IsCancellationRequested, "the token fires");
        Assert.Equal(LockEnd.Lost, held.End);
    }
}
