using System.Globalization;

namespace Mayhem.DeadLetters.Messages;

/// <summary>The values that AMQP knows as a type and a text, so that each comes back as what it was.</summary>
public static class TypedText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Type and text of a value; null if its type is none of AMQP's.</summary>
    public static (string Type, string Text)? Of(object? value) => value switch
    {
        null => ("null", ""),
        string text => ("string", text),
        bool flag => ("bool", flag ? "true" : "false"),
        byte number => ("byte", number.ToString(Invariant)),
        sbyte number => ("sbyte", number.ToString(Invariant)),
        short number => ("short", number.ToString(Invariant)),
        ushort number => ("ushort", number.ToString(Invariant)),
        int number => ("int", number.ToString(Invariant)),
        uint number => ("uint", number.ToString(Invariant)),
        long number => ("long", number.ToString(Invariant)),
        ulong number => ("ulong", number.ToString(Invariant)),
        float number => ("float", number.ToString("R", Invariant)),
        double number => ("double", number.ToString("R", Invariant)),
        decimal number => ("decimal", number.ToString(Invariant)),
        char letter => ("char", ((int)letter).ToString(Invariant)),
        Guid id => ("guid", id.ToString("D", Invariant)),
        DateTime time => ("datetime", time.ToString("O", Invariant)),
        DateTimeOffset time => ("datetimeoffset", time.ToString("O", Invariant)),
        TimeSpan span => ("timespan", span.ToString("c", Invariant)),
        Uri uri => ("uri", uri.OriginalString),
        byte[] bytes => ("bytes", Convert.ToBase64String(bytes)),
        _ => null,
    };

    /// <summary>The value.</summary>
    /// <exception cref="FormatException">The type is unknown, or the text is none of its.</exception>
    /// <exception cref="OverflowException">The number is too large for its type.</exception>
    public static object? Read(string type, string text) => type switch
    {
        "null" => null,
        "string" => text,
        "bool" => bool.Parse(text),
        "byte" => byte.Parse(text, Invariant),
        "sbyte" => sbyte.Parse(text, Invariant),
        "short" => short.Parse(text, Invariant),
        "ushort" => ushort.Parse(text, Invariant),
        "int" => int.Parse(text, Invariant),
        "uint" => uint.Parse(text, Invariant),
        "long" => long.Parse(text, Invariant),
        "ulong" => ulong.Parse(text, Invariant),
        "float" => float.Parse(text, Invariant),
        "double" => double.Parse(text, Invariant),
        "decimal" => decimal.Parse(text, NumberStyles.Number, Invariant),
        "char" => (char)ushort.Parse(text, Invariant),
        "guid" => Guid.Parse(text, Invariant),
        "datetime" => DateTime.ParseExact(text, "O", Invariant, DateTimeStyles.RoundtripKind),
        "datetimeoffset" => DateTimeOffset.ParseExact(text, "O", Invariant, DateTimeStyles.None),
        "timespan" => TimeSpan.ParseExact(text, "c", Invariant),
        "uri" => new Uri(text, UriKind.RelativeOrAbsolute),
        "bytes" => Convert.FromBase64String(text),
        _ => throw new FormatException($"'{type}' is no type of a property."),
    };
}
