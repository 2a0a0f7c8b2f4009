using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Failures;
using Mayhem.Recovery;

namespace Mayhem.Cli.RulesCommand;

/// <summary>What a rule looks like to users' scripts: a public format.</summary>
internal sealed record RuleLine(string Rule, string Type, string? When, FailureClass Class, int MaxAttempts, string Origin, string Sentence)
{
    /// <summary>Takes from a rule what is shown.</summary>
    public static RuleLine Of(FailureRule rule) => new(
        rule.Name, rule.ExceptionType.FullName!, rule.Condition?.Because, rule.Class, rule.MaxAttempts, rule.IsConfigured ? "configuration" : "code", rule.ToString());

    /// <summary>The line as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RuleJson.Default.RuleLine);
}

/// <summary>
/// What a forecast looks like to users' scripts: a public format. Times are <c>[d.]hh:mm:ss[.fffffff]</c>; <c>deliveries</c> is a number where the broker's count is the end.
/// </summary>
internal sealed record ExplanationLine(
    string Exception, RuleLine Rule, IReadOnlyList<ForecastStep> Attempts, string End, string? DeadLetterReason, bool EndsByDeadline, TimeSpan Deadline, int? Deliveries)
{
    /// <summary>The line as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RuleJson.Default.ExplanationLine);
}

/// <summary>How rules and forecasts are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RuleLine))]
[JsonSerializable(typeof(ExplanationLine))]
internal sealed partial class RuleJson : JsonSerializerContext;
