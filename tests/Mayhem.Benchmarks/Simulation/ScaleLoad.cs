namespace Mayhem.Benchmarks.Simulation;

/// <summary>What is to be carried, and by what.</summary>
/// <param name="MessagesPerDay">Requests a day.</param>
internal sealed record ScaleLoad(double MessagesPerDay)
{
    /// <summary>How many times as many messages come in the busiest hour as on the average.</summary>
    public double PeakFactor { get; init; } = 4;

    /// <summary>The mean time to handle a message in seconds: mostly waiting until a host is up again.</summary>
    public double HandlingSeconds { get; init; } = 45;

    /// <summary>How much these times differ: the sigma of their lognormal distribution.</summary>
    public double HandlingSpread { get; init; } = 0.6;

    /// <summary>The share of attempts that fail and are made again from a scheduled copy.</summary>
    public double RetriedLater { get; init; } = 0.05;

    /// <summary>How long such a copy waits, in seconds.</summary>
    public double RetryDelaySeconds { get; init; } = 30;

    /// <summary>The length of a message's lock in seconds, as in infra/modules/servicebus.bicep.</summary>
    public double LockSeconds { get; init; } = 60;

    /// <summary>Messages that one instance handles at a time: maxConcurrentCalls of host.json.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Operations that the namespace grants in a second; null where there is no such limit, as in Premium.</summary>
    public double? CreditsPerSecond { get; init; } = 1000;

    /// <summary>Messages a second in the busiest hour.</summary>
    public double PeakRate => MessagesPerDay / 86400 * PeakFactor;

    /// <summary>After how many seconds a lock is renewed: at half of its length or 10 s before its end, whichever comes later.</summary>
    public double RenewAfterSeconds => Math.Max(LockSeconds / 2, LockSeconds - 10);

    /// <summary>The mean of the logarithm of the handling times.</summary>
    public double HandlingLogMean => Math.Log(HandlingSeconds) - (HandlingSpread * HandlingSpread / 2);
}
