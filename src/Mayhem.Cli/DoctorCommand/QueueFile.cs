using System.Text.Json;
using System.Xml;
using Mayhem.Diagnosis;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>Reads the properties of a queue as ARM, Bicep and <c>az servicebus queue show</c> name them. What is not given is as Azure creates a queue.</summary>
internal static class QueueFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // Azure writes "forever" as the longest time span of .NET.
    private static readonly TimeSpan Forever = TimeSpan.FromDays(10_000_000);

    /// <summary>Reads the file.</summary>
    /// <exception cref="UsageException">It cannot be read, or holds a value that is none.</exception>
    public static async Task<QueueFacts> ReadAsync(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(path), Lenient);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new UsageException($"--queue {path} is not JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}", error);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--queue {path}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--queue {path} cannot be read: {error.Message}", error);
        }
    }

    private static QueueFacts Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("the file must hold a JSON object with the properties of a queue, as 'az servicebus queue show' prints it");

        // A resource of a template has them one level deeper.
        var queue = root.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : root;
        var azure = new QueueFacts();
        var life = Time(queue, "defaultMessageTimeToLive");
        var window = Time(queue, "duplicateDetectionHistoryTimeWindow") ?? TimeSpan.FromMinutes(10);
        return new QueueFacts
        {
            LockDuration = Time(queue, "lockDuration") ?? azure.LockDuration,
            MaxDeliveryCount = Count(queue, "maxDeliveryCount") ?? azure.MaxDeliveryCount,
            DuplicateWindow = Flag(queue, "requiresDuplicateDetection") ? window : null,
            TimeToLive = life >= Forever ? null : life,
            DeadLettersExpired = Flag(queue, "deadLetteringOnMessageExpiration"),
            RequiresSession = Flag(queue, "requiresSession"),
        };
    }

    private static TimeSpan? Time(JsonElement queue, string name)
    {
        if (Given(queue, name) is not { } value)
            return null;
        try
        {
            if (value.ValueKind == JsonValueKind.String && XmlConvert.ToTimeSpan(value.GetString()!) is var time && time > TimeSpan.Zero)
                return time;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw Wrong(name, value, "a time in ISO 8601, as \"PT1M\" for one minute", error);
        }
        throw Wrong(name, value, "a time in ISO 8601, as \"PT1M\" for one minute");
    }

    private static int? Count(JsonElement queue, string name)
    {
        if (Given(queue, name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count > 0 ? count : throw Wrong(name, value, "a whole number from 1");
    }

    private static bool Flag(JsonElement queue, string name)
    {
        if (Given(queue, name) is not { } value)
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");
    }

    private static JsonElement? Given(JsonElement queue, string name) =>
        queue.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static FormatException Wrong(string name, JsonElement value, string wanted, Exception? inner = null) =>
        new($"{name} is {value.GetRawText()}; give {wanted}", inner);
}
