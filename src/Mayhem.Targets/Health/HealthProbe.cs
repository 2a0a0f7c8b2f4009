namespace Mayhem.Targets.Health;

/// <summary>Where a host tells that it is well.</summary>
public sealed record HealthProbe
{
    /// <summary>The URL, which answers 2xx on a host that is well; <c>{host}</c> stands for the host's name.</summary>
    public required string Url { get; init; }

    /// <summary>The property of the answer, a JSON object, that holds when the host booted: a time with an offset, or seconds since 1970. Null if it does not tell.</summary>
    public string? BootTimeProperty { get; init; }

    /// <summary>How long after the end of a restart the host may take to be well again: 5 min by default.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait between two looks: 5 s by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
}
