namespace Mayhem.Benchmarks.Scenarios.Work;

/// <summary>What is sent, and how.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Messages">How many requests.</param>
/// <param name="Concurrency">How many are handled at the same time.</param>
/// <param name="FateOf">What becomes of the request of a number.</param>
public sealed record Workload(string Name, string Title, int Messages, int Concurrency, Func<int, Fate> FateOf)
{
    /// <summary>Requests a second; null for as many as go.</summary>
    public int? PerSecond { get; init; }

    /// <summary>How long a request of <see cref="Fate.Holds"/> takes.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>The length of a message's lock, of which half is left when it is renewed.</summary>
    public TimeSpan Lock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether locks are renewed while a request is handled.</summary>
    public bool RenewsLocks => Hold > Lock / 2;

    /// <summary>How it is measured.</summary>
    public Measure Measure { get; init; }
}

/// <summary>What a workload tells about a contender.</summary>
public enum Measure
{
    /// <summary>Messages a second.</summary>
    Throughput,

    /// <summary>The time from the first message to the last, what is held meanwhile, and how late locks are renewed.</summary>
    Wall,

    /// <summary>The time from sending to handling.</summary>
    Latency,
}
