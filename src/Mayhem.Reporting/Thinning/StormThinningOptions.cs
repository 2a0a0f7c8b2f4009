namespace Mayhem.Reporting.Thinning;

/// <summary>When a storm of equal failures is told of, and when it is only counted.</summary>
public sealed record StormThinningOptions
{
    /// <summary>How many failures of a storm are told before thinning begins, 1 or more; 10 by default.</summary>
    public int InFull { get; init; } = 10;

    /// <summary>The longest that a storm goes on without being told of again; a minute by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A storm is over after this long without a failure; a minute by default.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many storms are told apart at a time, 1 or more; 1,024 by default. The failures of all further ones are counted together, by their kind.</summary>
    public int Capacity { get; init; } = 1024;
}
