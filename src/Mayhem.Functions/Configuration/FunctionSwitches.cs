using Mayhem.Functions.Triggers;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>
/// Which of the two functions are enabled. A trigger is for a queue with sessions or for one without; that is fixed when it is compiled. So there are two, and the app settings
/// <c>AzureWebJobs.RestartHost.Disabled</c> and <c>AzureWebJobs.RestartHostInSession.Disabled</c>, which the Functions host follows, switch one of them off.
/// </summary>
/// <param name="Plain">True if <see cref="RestartFunction"/> is enabled.</param>
/// <param name="InSession">True if <see cref="RestartInSessionFunction"/> is enabled.</param>
public sealed record FunctionSwitches(bool Plain, bool InSession)
{
    /// <summary>Reads the settings.</summary>
    public static FunctionSwitches From(IConfiguration configuration) =>
        new(!IsDisabled(RestartFunction.Name, configuration), !IsDisabled(RestartInSessionFunction.Name, configuration));

    /// <summary>The setting that disables a function, in the form that the portal writes.</summary>
    public static string KeyOf(string function) => $"AzureWebJobs.{function}.Disabled";

    /// <summary>True if a setting disables the function, with dots or, as Linux has it in environment variables, with underscores.</summary>
    public static bool IsDisabled(string function, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return IsOn(configuration[KeyOf(function)]) || IsOn(configuration[$"AzureWebJobs_{function}_Disabled"]);
    }

    private static bool IsOn(string? value) => value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
