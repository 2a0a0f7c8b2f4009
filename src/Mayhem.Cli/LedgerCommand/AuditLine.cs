using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Guards;
using Mayhem.Ledger;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>What one decision looks like to users and their scripts: a public format.</summary>
/// <param name="FirstAt">When it was made first.</param>
/// <param name="LastAt">When it was made last.</param>
/// <param name="Count">How often it was made.</param>
/// <param name="Decision">passed, refused, halted or resumed.</param>
/// <param name="Guard">The guard that refused.</param>
/// <param name="Rule">The rule that decided; of a request that passed, the limits that it has passed.</param>
/// <param name="Why">Why it was refused, or restarts were halted.</param>
/// <param name="Outcome">What became of the message, or of the restart so far.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Host">The host.</param>
/// <param name="Group">The host's group.</param>
/// <param name="Requester">Who asked, or used the kill switch.</param>
/// <param name="Reason">Why they asked.</param>
/// <param name="OperationId">The trace in which it was decided.</param>
internal sealed record AuditLine(
    DateTimeOffset FirstAt, DateTimeOffset LastAt, int Count, string Decision, Guard? Guard, string? Rule, string? Why, string? Outcome,
    string? RequestId, string? Host, string? Group, string? Requester, string? Reason, string? OperationId)
{
    /// <summary>A request that the guards let pass.</summary>
    public static AuditLine Of(LedgerEntry entry) => new(
        entry.IntentAt, entry.IntentAt, 1, "passed", Guard: null, entry.Limits, Why: null, JsonNamingPolicy.CamelCase.ConvertName(entry.State.ToString()),
        entry.RequestId, entry.Host, entry.Group, entry.Requester, entry.Reason, entry.OperationId);

    /// <summary>A request that a guard refused.</summary>
    public static AuditLine Of(RefusalRecord record) => new(
        record.FirstAt, record.LastAt, record.Count, "refused", record.Last.Decision.Guard, record.Last.Decision.Rule, record.Last.Decision.Why, record.Last.Outcome,
        record.Last.RequestId, record.Last.Host, record.Last.Group, record.Last.Requester, record.Last.Reason, record.Last.OperationId);

    /// <summary>A use of the kill switch.</summary>
    public static AuditLine Of(Switching switching) => new(
        switching.At, switching.At, 1, switching.Halts ? "halted" : "resumed", Guards.Guard.KillSwitch, "halt", switching.Reason, Outcome: null,
        RequestId: null, Host: null, Group: null, switching.By, Reason: null, OperationId: null);

    /// <summary>The line as JSON: camelCase names, times in ISO 8601, null for what is not known.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AuditLineJson.Default.AuditLine);
}

/// <summary>How an <see cref="AuditLine"/> is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(GuardConverter)])]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditLineJson : JsonSerializerContext;

/// <summary>Writes guards as camelCase words.</summary>
internal sealed class GuardConverter() : JsonStringEnumConverter<Guard>(JsonNamingPolicy.CamelCase);
