using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mayhem.FrameCapture.Values;

/// <summary>Writes one value, from the outside in, until it is complete or a bound is reached.</summary>
internal sealed class ValueWriter(ValueFormat format)
{
    private const int RedactedCharacters = 8_192;

    private readonly StringBuilder text = new();
    private readonly List<object> within = [];

    public string Text => text.Length > format.MaxLength ? text.ToString(0, format.MaxLength) + "…" : text.ToString();

    private bool IsFull => text.Length > format.MaxLength;

    public void Write(string? name, object? value, int depth)
    {
        if (value is null)
            text.Append("null");
        else if (value is bool or Enum)
            text.Append(PlainValues.Scalar(value));
        else if (PlainValues.State(value) is { } state)
            text.Append(IsMasked(value.GetType()) ? ValueFormatter.Mask : state);
        else if (format.SensitiveNames.Matches(name) || IsMasked(value.GetType()))
            text.Append(ValueFormatter.Mask);
        else if (PlainValues.Scalar(value) is { } scalar)
            text.Append(scalar);
        else if (PlainValues.Characters(value) is { } characters)
            WriteText(characters);
        else if (value is Exception exception)
            WriteException(exception);
        else if (value is DictionaryEntry entry)
            WritePair(entry.Key, entry.Value, depth);
        else if (KnownCollections.IsPair(value.GetType()))
            WritePair(Field(value, "key"), Field(value, "value"), depth);
        else
            WriteParts(value, depth);
    }

    private bool IsMasked(Type type) => TypeShape.Of(type).IsSensitive || format.IsSensitiveType?.Invoke(type) == true;

    private void WriteText(string value)
    {
        var seen = value.Length > RedactedCharacters ? value[..RedactedCharacters] : value;
        if (Redacted(seen) is not { } shown)
        {
            text.Append(ValueFormatter.Mask);
            return;
        }

        text.Append('"');
        foreach (var character in shown.AsSpan(0, Math.Min(shown.Length, format.MaxText)))
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (char.IsControl(character))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                text.Append(character);
        }

        text.Append('"');
        if (shown.Length > format.MaxText || seen.Length < value.Length)
            text.Append(CultureInfo.InvariantCulture, $"… {value.Length} characters");
    }

    private string? Redacted(string seen)
    {
        try
        {
            return format.RedactText is { } redact ? redact(seen) : seen;
        }
        catch (Exception)
        {
            // Rather nothing than a secret.
            return null;
        }
    }

    private void WriteException(Exception exception)
    {
        text.Append(TypeNames.Of(exception.GetType()));
        if (PlainValues.MessageOf(exception) is not { } message)
            return;
        text.Append(": ");
        WriteText(message);
    }

    private void WriteParts(object value, int depth)
    {
        var type = value.GetType();
        var isList = KnownCollections.IsList(type);
        var isMap = KnownCollections.IsMap(type);
        if (depth >= format.MaxDepth || (!isList && !isMap && IsOpaque(type)))
        {
            text.Append('(').Append(TypeNames.Of(type)).Append(')');
            return;
        }

        if (within.Exists(outer => ReferenceEquals(outer, value)))
        {
            text.Append("(cycle)");
            return;
        }

        within.Add(value);
        if (isList || isMap)
            WriteItems((IEnumerable)value, type, depth);
        else if (value is ITuple && type.IsValueType)
            WriteFields(type, value, depth, open: "(", close: ")", named: false);
        else
            WriteFields(type, value, depth, open: $"{TypeNames.Of(type)} {{ ", close: " }", named: true);
        within.RemoveAt(within.Count - 1);
    }

    // What the platform's own objects are made of tells nobody anything.
    private static bool IsOpaque(Type type)
    {
        if (type.Namespace is not { } space)
            return false;
        var isPlatform = space is "System" or "Microsoft"
            || space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.", StringComparison.Ordinal);
        return isPlatform && !typeof(ITuple).IsAssignableFrom(type);
    }

    private void WriteItems(IEnumerable items, Type type, int depth)
    {
        var count = KnownCollections.CountOf(items);
        text.Append(type.IsArray ? TypeNames.Of(type.GetElementType()!) : TypeNames.Of(type));
        text.Append(type.IsArray ? '[' : '(').Append(count?.ToString(CultureInfo.InvariantCulture)).Append(type.IsArray ? ']' : ')').Append(" [");
        var written = 0;
        try
        {
            foreach (var item in items)
            {
                if (written > 0)
                    text.Append(", ");
                if (written == format.MaxItems || IsFull)
                {
                    text.Append('…');
                    break;
                }

                Write(name: null, item, depth + 1);
                written++;
            }
        }
        catch (Exception error) when (error is InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            // Somebody changes it at this moment, or it was never initialised; what was read up to here is shown.
            text.Append(" (changed while it was read)");
        }

        text.Append(']');
    }

    private void WritePair(object? key, object? value, int depth)
    {
        Write(name: null, key, depth);
        text.Append(" = ");
        Write(key as string, value, depth);
    }

    private void WriteFields(Type type, object value, int depth, string open, string close, bool named)
    {
        text.Append(open);
        var fields = TypeShape.Of(type).Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            if (index > 0)
                text.Append(", ");
            if (index == format.MaxFields || IsFull)
            {
                text.Append('…');
                break;
            }

            var field = fields[index];
            if (named)
                text.Append(field.Name).Append(" = ");
            if (field.IsSensitive)
                text.Append(ValueFormatter.Mask);
            else
                Write(field.Name, field.Field.GetValue(value), depth + 1);
        }

        text.Append(close);
    }

    private static object? Field(object value, string name) =>
        value.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(value);
}
