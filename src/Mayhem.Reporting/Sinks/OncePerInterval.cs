namespace Mayhem.Reporting.Sinks;

/// <summary>Lets something of each name through once in an interval. Thread-safe; remembers a bounded number of names, and lets the others through.</summary>
internal sealed class OncePerInterval(TimeSpan interval, TimeProvider timeProvider)
{
    private const int Capacity = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);

    /// <summary>True the first time, and whenever the interval has passed since it was last true.</summary>
    public bool Passes(string name)
    {
        lock (gate)
        {
            var now = timeProvider.GetTimestamp();
            if (last.TryGetValue(name, out var before) && timeProvider.GetElapsedTime(before, now) < interval)
                return false;
            if (last.Count >= Capacity)
                Forget(now);
            if (last.Count < Capacity)
                last[name] = now;
            return true;
        }
    }

    private void Forget(long now)
    {
        foreach (var (name, before) in last)
        {
            if (timeProvider.GetElapsedTime(before, now) >= interval)
                last.Remove(name);
        }
    }
}
