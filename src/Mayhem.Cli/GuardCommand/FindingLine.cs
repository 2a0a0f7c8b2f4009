using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Cli.LedgerCommand;
using Mayhem.Guards;

namespace Mayhem.Cli.GuardCommand;

/// <summary>What one guard's answer looks like to users and their scripts: a public format.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Passes">True if it would let the request pass.</param>
/// <param name="Rule">Its rule; null if none is configured.</param>
/// <param name="Why">Why it would not let it pass.</param>
/// <param name="PassesAt">When it would, if nothing else happened; null if nobody can tell.</param>
/// <param name="Host">The host.</param>
/// <param name="Group">Its group.</param>
/// <param name="At">When the request would be carried out.</param>
internal sealed record FindingLine(Guard Guard, bool Passes, string? Rule, string? Why, DateTimeOffset? PassesAt, string Host, string Group, DateTimeOffset At)
{
    /// <summary>Takes from a finding what is shown.</summary>
    public static FindingLine Of(GuardFinding finding, GroupGuards guards, string host, DateTimeOffset at) =>
        new(finding.Guard, finding.Refusal is null, finding.Rule, finding.Refusal?.Why, finding.Refusal?.PassesAt, host, guards.Group, at);

    /// <summary>The line as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FindingLineJson.Default.FindingLine);

    /// <summary>The line for people.</summary>
    public string ToText()
    {
        var start = $"{(Passes ? "pass" : "NO"),-5} {Guard,-12} {Rule ?? "no rule",-36}";
        if (Passes)
            return start.TrimEnd();
        return PassesAt is { } passes ? string.Create(CultureInfo.InvariantCulture, $"{start} {Why} Passes at {passes.ToUniversalTime():u}.") : $"{start} {Why}";
    }
}

/// <summary>How a <see cref="FindingLine"/> is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(GuardConverter)])]
[JsonSerializable(typeof(FindingLine))]
internal sealed partial class FindingLineJson : JsonSerializerContext;
