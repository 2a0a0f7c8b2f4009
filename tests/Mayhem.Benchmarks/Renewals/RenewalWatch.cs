using System.Diagnostics;
using Mayhem.Benchmarks.Scenarios.Contenders;

namespace Mayhem.Benchmarks.Renewals;

/// <summary>Sees when each lock is renewed: half of its length after the renewal before. One that is not renewed within its length is lost.</summary>
internal sealed class RenewalWatch(int locks, TimeSpan length, TimeSpan time)
{
    private readonly long[] renewedAt = new long[locks];
    private readonly RenewalLateness lateness = new((int)(locks * ((time / (length / 2)) + 2)));
    private long began;
    private int lost;

    /// <summary>How many locks there are.</summary>
    public int Locks => locks;

    /// <summary>How long a lock lasts without a renewal.</summary>
    public TimeSpan Length => length;

    /// <summary>How many renewals there were.</summary>
    public int Renewals => lateness.Count;

    /// <summary>How often a lock's length had passed when its renewal came, or had not come.</summary>
    public int Lost => Volatile.Read(ref lost);

    /// <summary>A lock begins, in its turn: messages do not come all at once, and so their renewals are spread over the time between two.</summary>
    public void Begin(int index)
    {
        if (index == 0)
            began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < length / 2 * index / locks)
            Thread.SpinWait(20);
        renewedAt[index] = Stopwatch.GetTimestamp();
    }

    /// <summary>A lock is renewed.</summary>
    public void Renewed(int index)
    {
        var now = Stopwatch.GetTimestamp();
        var since = Stopwatch.GetElapsedTime(Interlocked.Exchange(ref renewedAt[index], now), now);
        lateness.Note(since - (length / 2));
        if (since > length)
            Interlocked.Increment(ref lost);
    }

    /// <summary>Counts the locks as lost whose renewal is overdue.</summary>
    public void End()
    {
        foreach (var at in renewedAt)
            lost += Stopwatch.GetElapsedTime(at) > length ? 1 : 0;
    }

    /// <summary>The lateness that this share of the renewals did not exceed.</summary>
    public TimeSpan Late(double share) => lateness.Percentile(share);
}
