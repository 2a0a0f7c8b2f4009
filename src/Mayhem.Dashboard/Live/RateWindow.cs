using Mayhem.Observation;

namespace Mayhem.Dashboard.Live;

/// <summary>What the engine did lately: counts a second, and handling times, over the last few samples. Not thread-safe.</summary>
internal sealed class RateWindow(EngineView engine, TimeProvider clock)
{
    private const int Samples = 5;

    private readonly Queue<Moment> moments = new([Take(engine, clock)]);

    /// <summary>Takes a sample.</summary>
    /// <returns>The growth of each count in a second, and the handling times since the oldest sample.</returns>
    public (Func<ProcessingEvent, double> Rate, HandlingTimeCounts Times) Next()
    {
        var now = Take(engine, clock);
        moments.Enqueue(now);
        if (moments.Count > Samples + 1)
            moments.Dequeue();
        var then = moments.Peek();
        var seconds = clock.GetElapsedTime(then.At, now.At).TotalSeconds;
        return (counted => seconds > 0 ? (now.Counts[(int)counted] - then.Counts[(int)counted]) / seconds : 0, now.Times.Since(then.Times));
    }

    private static Moment Take(EngineView engine, TimeProvider clock) =>
        new(clock.GetTimestamp(), [.. Enum.GetValues<ProcessingEvent>().Select(counted => engine.Counters[counted])], engine.InFlight.Times.Counts());

    private sealed record Moment(long At, long[] Counts, HandlingTimeCounts Times);
}
