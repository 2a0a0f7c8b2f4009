using System.Reflection;
using Mayhem.Failures;
using Mayhem.Recovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Configuration;

/// <summary>The rules and options by which a configured app recovers, without starting it.</summary>
/// <param name="Rules">The table in force.</param>
/// <param name="Retry">The options of <c>Mayhem:Retry</c>.</param>
public sealed record RecoverySettings(FailureRules Rules, RecoveryOptions Retry)
{
    /// <summary>Where exception types are looked for, besides the runtime.</summary>
    public static IReadOnlyList<Assembly> ExceptionAssemblies => ConfiguredRules.Assemblies;

    /// <summary>Reads them, exactly as the app does at its start.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; each failure names its key.</exception>
    public static RecoverySettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var rules = new ConfiguredRules(configuration.GetSection("Mayhem:Failures"));
        var retry = new ValidatedSettings<RecoveryOptions>(configuration.GetSection("Mayhem:Retry"), options => options.Errors());
        return new RecoverySettings(Checked<RuleTable>(rules, rules).Rules, Checked<RecoveryOptions>(retry, retry));
    }

    private static T Checked<T>(IConfigureOptions<T> configure, IValidateOptions<T> validate)
        where T : class, new()
    {
        var options = new T();
        configure.Configure(options);
        return validate.Validate(Options.DefaultName, options) is { Failed: true, Failures: var failures }
            ? throw new OptionsValidationException(Options.DefaultName, typeof(T), failures)
            : options;
    }
}
