using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Telemetry.ApplicationInsights;

/// <summary>
/// The identity that the app authenticates with at Application Insights: that of <c>APPLICATIONINSIGHTS_AUTHENTICATION_STRING</c>, which the Functions host and
/// the worker's package read as well, as <c>Authorization=AAD;ClientId=…</c>.
/// </summary>
internal static class IngestionCredential
{
    private const string Key = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The credential; null if the instrumentation key is enough.</summary>
    public static TokenCredential? From(IConfiguration configuration)
    {
        var settings = (configuration[Key] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        if (!string.Equals(settings.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase))
            return null;
        return new ManagedIdentityCredential(
            settings.GetValueOrDefault("ClientId") is { Length: > 0 } clientId ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned);
    }
}
