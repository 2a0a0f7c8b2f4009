using System.Collections.Concurrent;
using Mayhem.Reports;

namespace Mayhem.Reporting.Thinning;

/// <summary>
/// Keeps a storm of equal failures from drowning everything else. Of each fingerprint and kind, the first failures are told in full, then those at each
/// doubling of their number and one a minute, each with the count of those withheld since. When the storm is over, the last one withheld is told with
/// the count of the rest. So reports and counts add up to all failures. Thread-safe; memory is bounded, however many fingerprints there are.
/// </summary>
public sealed class StormThinning
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Fingerprint, ReportKind Kind), Storm> storms = new();
    private readonly Dictionary<ReportKind, Storm> rest;
    private readonly StormThinningOptions options;
    private readonly TimeProvider timeProvider;
    private int count;
    private long lastSweep;

    /// <summary>Starts with no storm.</summary>
    public StormThinning(TimeProvider timeProvider, StormThinningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        this.options = options ?? new StormThinningOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.InFull, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Capacity, 1, nameof(options));
        this.timeProvider = timeProvider;
        rest = Enum.GetValues<ReportKind>().ToDictionary(kind => kind, _ => new Storm(this.options, timeProvider));
        lastSweep = timeProvider.GetTimestamp();
    }

    /// <summary>True if this failure is to be told; otherwise it is counted. What ends the process is always told.</summary>
    /// <param name="report">The failure.</param>
    /// <param name="unreported">
    /// If it is told: how many were counted and not told since the last one of its fingerprint and kind, or of all that are counted together with it.
    /// </param>
    public bool ShouldTell(ExceptionReport report, out int unreported)
    {
        ArgumentNullException.ThrowIfNull(report);
        unreported = 0;
        if (report.Kind == ReportKind.ProcessFatal)
            return true;
        var key = (report.Fingerprint, report.Kind);
        while (true)
        {
            var storm = StormOf(key);
            if (storm.TryCount(report, out var tell, out unreported))
                return tell;
            Remove(key, storm);
        }
    }

    /// <summary>What was withheld of the storms that are over, or of all. To be called now and then, and with <paramref name="all"/> before the process ends.</summary>
    public IReadOnlyList<WithheldReport> TakeWithheld(bool all)
    {
        var taken = new List<WithheldReport>();
        foreach (var (key, storm) in storms)
        {
            var over = storm.TryRetire(unlessWithholding: false);
            if (over)
                Remove(key, storm);
            if ((over || all) && storm.TakeWithheld() is { } withheld)
                taken.Add(withheld);
        }

        foreach (var storm in rest.Values)
        {
            if ((all || storm.IsOver) && storm.TakeWithheld() is { } withheld)
                taken.Add(withheld);
        }

        return taken;
    }

    private Storm StormOf((string Fingerprint, ReportKind Kind) key)
    {
        if (storms.TryGetValue(key, out var known))
            return known;
        if (Volatile.Read(ref count) >= options.Capacity)
            Sweep();
        if (Interlocked.Increment(ref count) > options.Capacity)
        {
            Interlocked.Decrement(ref count);
            return rest[key.Kind];
        }

        var storm = new Storm(options, timeProvider);
        if (storms.TryAdd(key, storm))
            return storm;
        Interlocked.Decrement(ref count);
        return storms.GetValueOrDefault(key) ?? rest[key.Kind];
    }

    // Makes room where nothing is left to tell. Not for every failure: a storm of ever new fingerprints would spend its time here.
    private void Sweep()
    {
        var last = Volatile.Read(ref lastSweep);
        var now = timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(last, now) < SweepInterval || Interlocked.CompareExchange(ref lastSweep, now, last) != last)
            return;
        foreach (var (key, storm) in storms)
        {
            if (storm.TryRetire(unlessWithholding: true))
                Remove(key, storm);
        }
    }

    private void Remove((string Fingerprint, ReportKind Kind) key, Storm storm)
    {
        if (storms.TryRemove(new(key, storm)))
            Interlocked.Decrement(ref count);
    }
}
