using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Which keys of <c>host.json</c> mean what.</summary>
internal static class HostJsonSections
{
    private const string Bus = "extensions:serviceBus";
    private const string Retry = $"{Bus}:clientRetryOptions";
    private const string Levels = "logging:logLevel";

    // The batch, transport and transaction settings are the real extension's; here they have nothing to act on.
    private static readonly string[] KnownBus =
    [
        "autoCompleteMessages", "clientRetryOptions", "enableCrossEntityTransactions", "jsonSerializerSettings", "maxAutoLockRenewalDuration",
        "maxBatchWaitTime", "maxConcurrentCalls", "maxConcurrentCallsPerSession", "maxConcurrentSessions", "maxMessageBatchSize",
        "minMessageBatchSize", "prefetchCount", "sessionIdleTimeout", "transportType", "webProxy",
    ];

    private static readonly string[] KnownRetry = ["delay", "maxDelay", "maxRetries", "mode", "tryTimeout"];

    public static HostJson Read(HostJsonValues values)
    {
        if (values.Text("version") is not "2.0" and var version)
            values.Problems.Add($"{values.Describe("version")} is {(version is null ? "missing" : $"\"{version}\"")}. It must be \"2.0\", whatever the version of the Functions runtime.");
        return new HostJson
        {
            ServiceBus = ReadBus(values),
            FunctionTimeout = values.Span("functionTimeout", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1), forever: "-1"),
            LogLevels = ReadLevels(values),
            Warnings = [.. Unknown(values, Bus, KnownBus), .. Unknown(values, Retry, KnownRetry)],
        };
    }

    private static ServiceBusHostSettings ReadBus(HostJsonValues values)
    {
        var defaults = new ServiceBusHostSettings();
        return new ServiceBusHostSettings
        {
            MaxConcurrentCalls = values.Whole($"{Bus}:maxConcurrentCalls", defaults.MaxConcurrentCalls, 1),
            PrefetchCount = values.Whole($"{Bus}:prefetchCount", defaults.PrefetchCount, 0),
            AutoCompleteMessages = values.Flag($"{Bus}:autoCompleteMessages", defaults.AutoCompleteMessages),
            MaxAutoLockRenewalDuration = values.Span(
                $"{Bus}:maxAutoLockRenewalDuration", defaults.MaxAutoLockRenewalDuration, TimeSpan.Zero, forever: "-00:00:00.0010000"),
            MaxConcurrentSessions = values.Whole($"{Bus}:maxConcurrentSessions", defaults.MaxConcurrentSessions, 1),
            MaxConcurrentCallsPerSession = values.Whole($"{Bus}:maxConcurrentCallsPerSession", defaults.MaxConcurrentCallsPerSession, 1),
            SessionIdleTimeout = ReadIdleTimeout(values),
            TryTimeout = values.Span($"{Retry}:tryTimeout", defaults.TryTimeout, TimeSpan.FromMilliseconds(1)),
        };
    }

    private static TimeSpan? ReadIdleTimeout(HostJsonValues values)
    {
        var span = values.Span($"{Bus}:sessionIdleTimeout", Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(1));
        return span == Timeout.InfiniteTimeSpan ? null : span;
    }

    private static Dictionary<string, LogLevel> ReadLevels(HostJsonValues values)
    {
        var levels = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase);
        foreach (var category in values.Names(Levels))
            if (values.Level($"{Levels}:{category}") is { } level)
                levels[category] = level;
        return levels;
    }

    private static IEnumerable<string> Unknown(HostJsonValues values, string section, string[] known) =>
        from name in values.Names(section)
        where !known.Contains(name, StringComparer.OrdinalIgnoreCase)
        select $"{values.Describe($"{section}:{name}")} is not a setting of the Service Bus extension. It knows {string.Join(", ", known)}.";
}
