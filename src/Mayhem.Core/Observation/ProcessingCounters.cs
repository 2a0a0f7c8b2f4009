using System.Diagnostics.Metrics;

namespace Mayhem.Observation;

/// <summary>What the engine counts. Each value is also a counter of the meter <c>Mayhem</c>, by the name in <see cref="ProcessingCounters"/>.</summary>
public enum ProcessingEvent
{
    /// <summary>A delivery was taken up.</summary>
    Received,

    /// <summary>A host was restarted.</summary>
    Restarted,

    /// <summary>A request was carried out before, so its message was completed without acting.</summary>
    DuplicateSuppressed,

    /// <summary>An attempt failed and is repeated in place, under the same lock.</summary>
    RetriedNow,

    /// <summary>A copy was scheduled.</summary>
    RetriedLater,

    /// <summary>A message was made to wait, with no attempt used up, because the target of its host is left alone.</summary>
    Postponed,

    /// <summary>Saving failed and was tolerated.</summary>
    SaveFailureTolerated,

    /// <summary>A lock was renewed.</summary>
    LockRenewed,

    /// <summary>A lock was lost.</summary>
    LockLost,

    /// <summary>A message was dead-lettered.</summary>
    DeadLettered,

    /// <summary>A message was abandoned.</summary>
    Abandoned,

    /// <summary>The broker refused or lost a settlement.</summary>
    SettlementFailed,
}

/// <summary>Counts what the engine does since the process started. Thread-safe; costs an interlocked increment.</summary>
public sealed class ProcessingCounters : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Mayhem";

    private static readonly string[] InstrumentNames =
    [
        "mayhem.messages.received", "mayhem.restarts", "mayhem.duplicates", "mayhem.retries.now", "mayhem.retries.later", "mayhem.messages.postponed",
        "mayhem.saves.failed", "mayhem.locks.renewed", "mayhem.locks.lost", "mayhem.messages.dead_lettered",
        "mayhem.messages.abandoned", "mayhem.settlements.failed",
    ];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long>[] instruments;
    private readonly long[] counts = new long[InstrumentNames.Length];

    /// <summary>Starts at zero.</summary>
    public ProcessingCounters() => instruments = Array.ConvertAll(InstrumentNames, name => meter.CreateCounter<long>(name));

    /// <summary>How often this has happened.</summary>
    public long this[ProcessingEvent happened] => Interlocked.Read(ref counts[(int)happened]);

    /// <summary>Counts one.</summary>
    public void Count(ProcessingEvent happened)
    {
        Interlocked.Increment(ref counts[(int)happened]);
        instruments[(int)happened].Add(1);
    }

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();
}
