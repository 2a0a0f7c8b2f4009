using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>What the host reads from <c>host.json</c>, with the overrides of <c>AzureFunctionsJobHost__…</c> settings applied.</summary>
public sealed record HostJson
{
    /// <summary>The Service Bus extension's settings.</summary>
    public required ServiceBusHostSettings ServiceBus { get; init; }

    /// <summary>How long one invocation may take; 30 minutes by default, <see cref="Timeout.InfiniteTimeSpan"/> if the file says "-1".</summary>
    public required TimeSpan FunctionTimeout { get; init; }

    /// <summary>The lowest level that is logged, by category; the category <c>default</c> is everything else.</summary>
    public required IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; }

    /// <summary>What is probably a mistake but stops nothing: keys that the Service Bus extension does not know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="configuration">Where overrides are looked up, as <c>AzureFunctionsJobHost__a__b</c> or <c>AzureFunctionsJobHost:a:b</c>. They win over the file.</param>
    /// <exception cref="HostConfigurationException">The file is missing, is not JSON, or holds a value that the host cannot use.</exception>
    public static HostJson Load(string path, IConfiguration configuration)
    {
        string json;
        try
        {
            json = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostConfigurationException($"host.json: there is no file at '{Path.GetFullPath(path)}'. It lies at the root of the repository and is copied beside the program.", missing);
        }

        return Parse(json, configuration);
    }

    /// <summary>Reads the file's text. Comments and trailing commas are allowed, and names match whatever their case, as in the real host.</summary>
    /// <inheritdoc cref="Load" path="/exception" />
    public static HostJson Parse(string json, IConfiguration configuration)
    {
        var values = new HostJsonValues(HostJsonText.Flatten(json), configuration);
        var settings = HostJsonSections.Read(values);
        if (values.Problems.Count > 0)
            throw new HostConfigurationException(string.Join(Environment.NewLine, values.Problems));
        return settings;
    }
}

/// <summary>The settings of <c>extensions.serviceBus</c> that the embedded host follows.</summary>
public sealed record ServiceBusHostSettings
{
    /// <summary>How many messages of one function are processed at the same time, from 1; 16 for each core by default.</summary>
    public int MaxConcurrentCalls { get; init; } = 16 * Environment.ProcessorCount;

    /// <summary>How many messages are received ahead of their turn, from 0; their locks tick meanwhile. 0 by default.</summary>
    public int PrefetchCount { get; init; }

    /// <summary>Whether the host completes a message whose function returned without settling it; true by default. A trigger attribute that says otherwise wins.</summary>
    public bool AutoCompleteMessages { get; init; } = true;

    /// <summary>For how long the host itself renews a message's lock while its function runs; 5 minutes by default, 0 for never, <see cref="Timeout.InfiniteTimeSpan"/> for always.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many sessions of one function are processed at the same time, from 1; 8 by default.</summary>
    public int MaxConcurrentSessions { get; init; } = 8;

    /// <summary>How many messages of one session are processed at the same time, from 1; 1 by default, which keeps them in order.</summary>
    public int MaxConcurrentCallsPerSession { get; init; } = 1;

    /// <summary>How long a session may be without messages before it is given up; <see cref="TryTimeout"/> if null.</summary>
    public TimeSpan? SessionIdleTimeout { get; init; }

    /// <summary>How long one attempt to receive waits for a message; 1 minute by default.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
