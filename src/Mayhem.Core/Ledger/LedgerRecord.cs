using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Guards;
using Mayhem.Restarts;

namespace Mayhem.Ledger;

/// <summary>One change of the ledger, as it lies in the journal: a line of JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Intent), "intent")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(Restarted), "restarted")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(MessageFailed), "messageFailed")]
[JsonDerivedType(typeof(Details), "details")]
[JsonDerivedType(typeof(Unsettled), "unsettled")]
[JsonDerivedType(typeof(Trial), "trial")]
[JsonDerivedType(typeof(Copy), "copy")]
[JsonDerivedType(typeof(Entry), "entry")]
[JsonDerivedType(typeof(Use), "use")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Refusals), "refusals")]
internal abstract record LedgerRecord
{
    /// <summary>An attempt was begun, or taken over by another owner.</summary>
    /// <remarks>Who asked, and why, is here only where limits are in force; otherwise it may follow in <see cref="Details"/>.</remarks>
    public sealed record Intent(
        string RequestId, string Host, string Group, int Attempt, string Owner, DateTimeOffset At,
        string? OperationId = null, string? Limits = null, bool TakesLimits = false, string? Requester = null, string? Reason = null) : LedgerRecord;

    public sealed record Issued(string RequestId, int Attempt, IssuedRestart Restart, DateTimeOffset At) : LedgerRecord;

    public sealed record Restarted(string RequestId, int Attempt, DateTimeOffset At) : LedgerRecord;

    public sealed record Failed(string RequestId, int Attempt, string Error, bool Ambiguous, DateTimeOffset At, RecordedFailure? Failure = null, bool NotIssued = false) : LedgerRecord;

    /// <summary>What a failure means for its message, where it does not change the request's entry, and in a snapshot.</summary>
    public sealed record MessageFailed(RecordedFailure Failure, DateTimeOffset At) : LedgerRecord;

    /// <summary>Who asked, and why; may come before the intent.</summary>
    public sealed record Details(string RequestId, string Requester, string Reason, string MessageId, DateTimeOffset At) : LedgerRecord;

    public sealed record Unsettled(string MessageId, int DeliveryCount, DateTimeOffset At) : LedgerRecord;

    /// <summary>A message is handled alone, or its process has outlived that.</summary>
    public sealed record Trial(string Message, bool Outlived, DateTimeOffset At) : LedgerRecord;

    /// <summary>A copy is to take the place of a message.</summary>
    public sealed record Copy(PlannedCopy Planned, DateTimeOffset At) : LedgerRecord;

    /// <summary>A whole entry: what a snapshot consists of.</summary>
    public sealed record Entry(LedgerEntry Value) : LedgerRecord;

    /// <summary>What an attempt has taken of the limits of its group: for snapshots.</summary>
    public sealed record Use(RestartUse Value) : LedgerRecord;

    /// <summary>A guard said no.</summary>
    public sealed record Refused(Refusal Refusal, DateTimeOffset At) : LedgerRecord;

    /// <summary>All that one guard has said to one request: for snapshots.</summary>
    public sealed record Refusals(RefusalRecord Value) : LedgerRecord;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LedgerJson.Default.LedgerRecord);

    /// <exception cref="InvalidDataException">These bytes are no record of a ledger.</exception>
    public static LedgerRecord Parse(ReadOnlySpan<byte> bytes, string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, LedgerJson.Default.LedgerRecord) ?? throw new JsonException("The record is null.");
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new InvalidDataException(
                $"The journal in '{folder}' has a record that is not one of a ledger: {problem.Message} Use the data folder that belongs to this version.", problem);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerRecord))]
internal sealed partial class LedgerJson : JsonSerializerContext;
