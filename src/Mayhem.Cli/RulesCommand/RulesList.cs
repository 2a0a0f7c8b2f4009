using Mayhem.Functions.Configuration;

namespace Mayhem.Cli.RulesCommand;

/// <summary>Carries out <c>mayhem rules</c>.</summary>
internal static class RulesList
{
    /// <summary>Writes one rule a line, in the order in which those of one type are tried.</summary>
    public static void Write(RecoverySettings settings, bool json, TextWriter output)
    {
        foreach (var rule in settings.Rules.All)
            output.WriteLine(json ? RuleLine.Of(rule).ToJson() : $"{(rule.IsConfigured ? "configuration" : "code"),-13}  {rule}");
    }
}
