namespace Mayhem.Recovery;

/// <summary>Random numbers for jitter, from one seeded source that many threads may ask.</summary>
public sealed class JitterSource(Random random)
{
    private readonly Lock gate = new();

    /// <summary>The next number from 0 to 1.</summary>
    public double Next()
    {
        lock (gate)
            return random.NextDouble();
    }
}
