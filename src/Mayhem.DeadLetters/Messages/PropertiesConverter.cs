using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.DeadLetters.Messages;

/// <summary>Application properties in JSON, each with its type: <c>{"attempt":{"type":"int","value":"3"}}</c>.</summary>
public sealed class PropertiesConverter : JsonConverter<IReadOnlyDictionary<string, object?>>
{
    private const string TypeName = "type";
    private const string ValueName = "value";

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("properties must be an object.");
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
            properties[property.Name] = Value(property);
        return properties;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, held) in value)
        {
            var (type, text) = TypedText.Of(held) ?? throw new JsonException($"property '{name}' is a {held!.GetType()}, which has no form in an export.");
            writer.WriteStartObject(name);
            writer.WriteString(TypeName, type);
            writer.WriteString(ValueName, text);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static object? Value(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object
            || !property.Value.TryGetProperty(TypeName, out var type) || type.ValueKind != JsonValueKind.String
            || !property.Value.TryGetProperty(ValueName, out var value) || value.ValueKind != JsonValueKind.String)
        {
            throw new JsonException($"property '{property.Name}' must be an object with the texts \"type\" and \"value\".");
        }

        try
        {
            return TypedText.Read(type.GetString()!, value.GetString()!);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            throw new JsonException($"property '{property.Name}': '{value.GetString()}' is no {type.GetString()}.", wrong);
        }
    }
}
