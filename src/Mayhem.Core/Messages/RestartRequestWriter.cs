using System.Text.Json;

namespace Mayhem.Messages;

/// <summary>Writes a restart request as <see cref="RestartRequestParser"/> reads it.</summary>
public static class RestartRequestWriter
{
    /// <summary>The body of a message.</summary>
    public static byte[] Write(RestartRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", RestartRequestParser.Version);
            writer.WriteString("requestId", request.RequestId);
            writer.WriteString("host", request.Host);
            if (request.Group.Length > 0)
                writer.WriteString("group", request.Group);
            writer.WriteString("requester", request.Requester);
            if (request.Reason.Length > 0)
                writer.WriteString("reason", request.Reason);
            if (request.NotAfter is { } notAfter)
                writer.WriteString("notAfter", notAfter.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
