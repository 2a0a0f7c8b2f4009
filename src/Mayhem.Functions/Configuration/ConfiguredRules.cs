using System.Reflection;
using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Mayhem.Failures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Configuration;

/// <summary>The table of failure rules in force.</summary>
internal sealed class RuleTable
{
    public FailureRules Rules { get; set; } = new(DefaultFailureRules.All);
}

/// <summary>Puts the rules of <c>Mayhem:Failures</c> over the default ones. A bad rule stops the start, with a sentence that names its key.</summary>
internal sealed class ConfiguredRules(IConfigurationSection section) : IConfigureOptions<RuleTable>, IValidateOptions<RuleTable>
{
    /// <summary>Where exception types are looked for, besides the runtime.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(ConfiguredRules).Assembly, typeof(ServiceBusException).Assembly, typeof(RequestFailedException).Assembly, typeof(CredentialUnavailableException).Assembly];

    public void Configure(RuleTable options)
    {
        if (Build() is { Rules: { } rules })
            options.Rules = rules;
    }

    public ValidateOptionsResult Validate(string? name, RuleTable options)
    {
        var problems = Build().Problems;
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private (FailureRules? Rules, IReadOnlyCollection<string> Problems) Build()
    {
        var configured = new Dictionary<string, FailureRuleOptions>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var entry in section.GetChildren())
        {
            var rule = configured[entry.Key] = new FailureRuleOptions();
            problems.AddRange(SettingsReader.Read(entry, rule));
            if (!string.IsNullOrEmpty(entry.Value))
                problems.Add($"{entry.Path} holds the settings of a rule and has no value of its own, as '{entry.Value}'.");
        }

        if (problems.Count > 0)
            return (null, problems);
        try
        {
            return (ConfiguredFailureRules.Build(DefaultFailureRules.All, configured, Assemblies), []);
        }
        catch (FormatException error)
        {
            return (null, [error.Message]);
        }
    }
}
