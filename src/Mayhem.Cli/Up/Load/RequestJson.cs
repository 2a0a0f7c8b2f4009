using System.Text.Json;
using Mayhem.Messages;

namespace Mayhem.Cli.Up.Load;

/// <summary>Writes requests as JSON, and spoils them.</summary>
internal static class RequestJson
{
    /// <summary>Writes a request in the current version of the format.</summary>
    public static byte[] Write(string requestId, string host, string group, string requester, string reason)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", RestartRequestParser.Version);
            writer.WriteString("requestId", requestId);
            writer.WriteString("host", host);
            writer.WriteString("group", group);
            writer.WriteString("requester", requester);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>Makes something of a request that is none: cut short, not UTF-8, not JSON, or of a version nobody knows.</summary>
    /// <param name="body">The request.</param>
    /// <param name="variant">Chooses the way; any number of at least 0.</param>
    public static byte[] Spoil(byte[] body, int variant) => (variant % 4) switch
    {
        0 => body[..(body.Length / 2)],
        1 => [.. body[..^1], 0xC3, 0x28],
        2 => "please restart everything"u8.ToArray(),
        _ => "{\"version\":99}"u8.ToArray(),
    };
}
