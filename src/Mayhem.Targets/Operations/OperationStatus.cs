using System.Text.Json;

namespace Mayhem.Targets.Operations;

/// <summary>What is known of an accepted restart. One of a closed set.</summary>
internal abstract record OperationStatus
{
    private OperationStatus()
    {
    }

    /// <summary>Reads a server's answer: by the status in its body, which servers send with 200 as with 202, else by that of HTTP.</summary>
    public static OperationStatus Of(int status, ReadOnlyMemory<byte> body) => status switch
    {
        200 or 201 or 202 or 204 => OfBody(status, body),
        404 or 410 => new Unknown(),
        400 or 401 or 403 => new NotAllowed(status),
        _ => new Unreadable($"status {status}", Throttled: status == 429),
    };

    private static OperationStatus OfBody(int status, ReadOnlyMemory<byte> body)
    {
        var plain = status == 202 ? (OperationStatus)new Running() : new Succeeded();
        if (body.IsEmpty)
            return plain;
        try
        {
            using var document = JsonDocument.Parse(body);
            return Text(document.RootElement, "status")?.ToUpperInvariant() switch
            {
                null => plain,
                "SUCCEEDED" => new Succeeded(),
                "FAILED" or "CANCELED" or "CANCELLED" => Ended(document.RootElement),
                _ => new Running(),
            };
        }
        catch (JsonException)
        {
            return new Unreadable("a body that is not JSON", Throttled: false);
        }
    }

    private static Failed Ended(JsonElement root)
    {
        var error = root.TryGetProperty("error", out var details) ? details : default;
        return new Failed(Text(root, "status")!, Text(error, "code") ?? "", Text(error, "message") ?? "");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>It goes on.</summary>
    public sealed record Running : OperationStatus;

    /// <summary>It has ended well.</summary>
    public sealed record Succeeded : OperationStatus;

    /// <summary>It has ended, and not well.</summary>
    public sealed record Failed(string Status, string Code, string Message) : OperationStatus;

    /// <summary>The server does not know it any more: nobody can tell how it ended.</summary>
    public sealed record Unknown : OperationStatus;

    /// <summary>We may not ask.</summary>
    public sealed record NotAllowed(int Status) : OperationStatus;

    /// <summary>This answer says nothing; the next one may.</summary>
    public sealed record Unreadable(string Why, bool Throttled) : OperationStatus;
}
