using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Ledger;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>What one entry of the ledger looks like to users and their scripts: a public format.</summary>
internal sealed record LedgerLine(
    string RequestId,
    string Host,
    string? Group,
    RestartState Outcome,
    int Attempts,
    DateTimeOffset IntentAt,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? EndedAt,
    int? OldProcessId,
    int? NewProcessId)
{
    /// <summary>Takes from an entry what is shown.</summary>
    public static LedgerLine Of(LedgerEntry entry) => new(
        entry.RequestId, entry.Host, entry.Group.Length == 0 ? null : entry.Group, entry.State, entry.Attempts,
        entry.IntentAt, entry.IssuedAt, entry.EndedAt, entry.Issued?.OldProcessId, entry.Issued?.NewProcessId);

    /// <summary>The line as JSON: camelCase names, times in ISO 8601, null for what is not known.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LedgerLineJson.Default.LedgerLine);
}

/// <summary>How a <see cref="LedgerLine"/> is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(OutcomeConverter)])]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class LedgerLineJson : JsonSerializerContext;

/// <summary>Writes outcomes as camelCase words.</summary>
internal sealed class OutcomeConverter() : JsonStringEnumConverter<RestartState>(JsonNamingPolicy.CamelCase);
