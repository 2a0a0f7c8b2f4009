using System.Collections;

namespace Mayhem.Redaction;

/// <summary>The values of a log line without their secrets.</summary>
internal sealed class RedactedState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] values;
    private readonly string text;

    private RedactedState(IEnumerable<KeyValuePair<string, object?>> values, string text)
    {
        this.values = [.. values.Select(pair => KeyValuePair.Create(pair.Key, Redacted(pair.Value)))];
        this.text = text;
    }

    public int Count => values.Length;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public static RedactedState Of(object? state, string text) => new(state as IEnumerable<KeyValuePair<string, object?>> ?? [], text);

    /// <summary>Whether a provider that looks at the values, and not at the line, would see no secret in them.</summary>
    public static bool IsClean(object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            return true;
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Value is string text && Redactor.Text(text) != text)
                return false;
        }

        return true;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;

    private static object? Redacted(object? value) => value switch
    {
        null or bool or int or long or double or DateTimeOffset or TimeSpan or Guid or Enum => value,
        Exception exception => RedactedException.Of(exception),
        _ => Redactor.Text(value.ToString() ?? ""),
    };
}
