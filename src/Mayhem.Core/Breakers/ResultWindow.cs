using System.Runtime.InteropServices;

namespace Mayhem.Breakers;

/// <summary>Counts results of the last while, in tenths of it. Times are spans of one monotonic clock.</summary>
/// <param name="length">How far back results count; more than 0.</param>
internal sealed class ResultWindow(TimeSpan length)
{
    private const int Slots = 10;

    private readonly (long Number, int Succeeded, int Failed)[] slots = new (long, int, int)[Slots];

    public void Add(bool failed, TimeSpan now)
    {
        var number = NumberOf(now);
        ref var slot = ref slots[number % Slots];
        if (slot.Number != number)
            slot = (number, 0, 0);
        if (failed)
            slot.Failed++;
        else
            slot.Succeeded++;
    }

    public ResultCount Count(TimeSpan now)
    {
        var oldest = NumberOf(now) - Slots + 1;
        var count = default(ResultCount);
        foreach (var (number, succeeded, failed) in slots)
        {
            if (number >= oldest)
                count = new ResultCount(count.Failed + failed, count.All + failed + succeeded);
        }

        return count;
    }

    public void Clear() => Array.Clear(slots);

    private long NumberOf(TimeSpan now) => now.Ticks / Math.Max(1, length.Ticks / Slots);
}

/// <summary>How many attempts there were, and how many of them failed.</summary>
/// <param name="Failed">How many failed.</param>
/// <param name="All">How many there were.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ResultCount(int Failed, int All);
