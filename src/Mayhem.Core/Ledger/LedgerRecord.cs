using System.Text.Json;
using System.Text.Json.Serialization;
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
[JsonDerivedType(typeof(Copy), "copy")]
[JsonDerivedType(typeof(Entry), "entry")]
internal abstract record LedgerRecord
{
    /// <summary>An attempt was begun, or taken over by another owner.</summary>
    public sealed record Intent(string RequestId, string Host, string Group, int Attempt, string Owner, DateTimeOffset At) : LedgerRecord;

    public sealed record Issued(string RequestId, int Attempt, IssuedRestart Restart, DateTimeOffset At) : LedgerRecord;

    public sealed record Restarted(string RequestId, int Attempt, DateTimeOffset At) : LedgerRecord;

    public sealed record Failed(string RequestId, int Attempt, string Error, bool Ambiguous, DateTimeOffset At, RecordedFailure? Failure = null) : LedgerRecord;

    /// <summary>What a failure means for its message, where it does not change the request's entry, and in a snapshot.</summary>
    public sealed record MessageFailed(RecordedFailure Failure, DateTimeOffset At) : LedgerRecord;

    /// <summary>Who asked, and why; may come before the intent.</summary>
    public sealed record Details(string RequestId, string Requester, string Reason, string MessageId, DateTimeOffset At) : LedgerRecord;

    public sealed record Unsettled(string MessageId, int DeliveryCount, DateTimeOffset At) : LedgerRecord;

    /// <summary>A copy is to take the place of a message.</summary>
    public sealed record Copy(PlannedCopy Planned, DateTimeOffset At) : LedgerRecord;

    /// <summary>A whole entry: what a snapshot consists of.</summary>
    public sealed record Entry(LedgerEntry Value) : LedgerRecord;

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
