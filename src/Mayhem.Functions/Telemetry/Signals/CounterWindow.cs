using Mayhem.Observation;

namespace Mayhem.Functions.Telemetry.Signals;

/// <summary>What was counted since it was asked last. For one thread.</summary>
internal sealed class CounterWindow(ProcessingCounters counters)
{
    private readonly long[] before = new long[Enum.GetValues<ProcessingEvent>().Length];
    private readonly long[] counted = new long[Enum.GetValues<ProcessingEvent>().Length];

    /// <summary>How often this happened within the window.</summary>
    public long this[ProcessingEvent happened] => counted[(int)happened];

    /// <summary>Ends the window, and begins the next one.</summary>
    public void Turn()
    {
        for (var index = 0; index < before.Length; index++)
        {
            var now = counters[(ProcessingEvent)index];
            counted[index] = now - before[index];
            before[index] = now;
        }
    }
}
