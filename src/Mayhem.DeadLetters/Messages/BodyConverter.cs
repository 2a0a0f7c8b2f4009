using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Mayhem.DeadLetters.Messages;

/// <summary>A body in JSON: <c>{"text":…}</c> where that gives the same bytes back, else <c>{"base64":…}</c>.</summary>
public sealed class BodyConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    private const string TextName = "text";
    private const string BytesName = "base64";

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            throw Wrong();
        var name = reader.GetString();
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            throw Wrong();
        var body = name switch
        {
            TextName => Encoding.UTF8.GetBytes(reader.GetString()!),
            BytesName when reader.TryGetBytesFromBase64(out var bytes) => bytes,
            _ => throw Wrong(),
        };
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? body : throw Wrong();
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (Utf8.IsValid(value.Span))
            writer.WriteString(TextName, value.Span);
        else
            writer.WriteBase64String(BytesName, value.Span);
        writer.WriteEndObject();
    }

    private static JsonException Wrong() => new("a body must be {\"text\":\"…\"} or {\"base64\":\"…\"}.");
}
