namespace Mayhem.Cli.Configuration;

/// <summary>Settings that suit one machine. Everything in <c>local.settings.json</c> and the environment wins over them.</summary>
internal static class LocalDefaults
{
    /// <summary>The queue's name, which has to be something.</summary>
    public static IReadOnlyDictionary<string, string?> Queue { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["MayhemQueue"] = "restarts",
    };

    /// <summary>The defaults, by name.</summary>
    public static IReadOnlyDictionary<string, string?> Values { get; } = new Dictionary<string, string?>(Queue, StringComparer.OrdinalIgnoreCase)
    {
        // The local queue takes its lock duration from here: short, so that renewals can be watched.
        ["Mayhem:Locks:Duration"] = "00:00:05",
        // Chaos makes requests fail, and not their hosts: a breaker opens for a host that really is broken, and soon lets somebody try again.
        ["Mayhem:Breaker:FailureRatio"] = "0.9",
        ["Mayhem:Breaker:BreakDuration"] = "00:00:05",
        ["Mayhem:Breaker:MaxBreakDuration"] = "00:00:10",
        // Nobody kills this process 5 s after a signal, as the Functions host in Azure would.
        ["Mayhem:Shutdown:Grace"] = "00:00:10",
    };
}
