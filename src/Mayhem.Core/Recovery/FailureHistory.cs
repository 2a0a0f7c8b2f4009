using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Recovery;

/// <summary>One failure as it travels with the message.</summary>
/// <param name="Class">The class of the failure.</param>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Fingerprint">The failure's fingerprint.</param>
/// <param name="At">When it was caught.</param>
/// <param name="Instance">The process that caught it.</param>
/// <param name="DelaySeconds">How long the message waits for its next attempt; null if there is none.</param>
public sealed record FailureHistoryEntry(string Class, string Type, string Fingerprint, DateTimeOffset At, string Instance, double? DelaySeconds);

/// <summary>The last failures of a message, oldest first, as a JSON array of at most 8 KB of UTF-8: the oldest are dropped.</summary>
public static class FailureHistory
{
    /// <summary>The largest size in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>The history with one more failure. A history that cannot be read starts anew.</summary>
    public static string Append(string? history, FailureHistoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var entries = Read(history).ToList();
        entries.Add(entry with { Type = BoundedText.Cut(entry.Type, 256), Instance = BoundedText.Cut(entry.Instance, 128) });
        while (true)
        {
            var text = JsonSerializer.Serialize(entries, FailureHistoryJson.Default.ListFailureHistoryEntry);
            if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
                return text;
            entries.RemoveAt(0);
        }
    }

    /// <summary>The failures, oldest first; none if the text cannot be read.</summary>
    public static IReadOnlyList<FailureHistoryEntry> Read(string? history)
    {
        if (string.IsNullOrEmpty(history))
            return [];
        try
        {
            return JsonSerializer.Deserialize(history, FailureHistoryJson.Default.ListFailureHistoryEntry) ?? [];
        }
        catch (JsonException)
        {
            // A sender may write anything into a property; that is no reason to fail the message.
            return [];
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<FailureHistoryEntry>))]
internal sealed partial class FailureHistoryJson : JsonSerializerContext;
