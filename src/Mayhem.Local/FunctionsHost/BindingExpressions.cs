using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Replaces <c>%Name%</c> in a trigger's attribute by the setting of that name.</summary>
internal static partial class BindingExpressions
{
    /// <exception cref="HostConfigurationException">The setting is missing or empty, or a percent sign has no partner.</exception>
    public static string Resolve(string expression, IConfiguration configuration, string function)
    {
        var resolved = Expression().Replace(expression, match =>
        {
            var setting = match.Groups["name"].Value;
            return configuration[setting] is { Length: > 0 } value && !string.IsNullOrWhiteSpace(value)
                ? value
                : throw new HostConfigurationException(
                    $"The setting {setting} is missing: the trigger of function '{function}' listens on '{expression}'. Set {setting} in local.settings.json, under Values, or as an environment variable.");
        });
        if (Expression().Replace(expression, "").Contains('%', StringComparison.Ordinal))
            throw new HostConfigurationException($"The trigger of function '{function}' listens on '{expression}': a percent sign has no partner. Settings are written %Name%.");
        return resolved;
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
