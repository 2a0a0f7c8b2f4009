using System.Globalization;

namespace Mayhem.FrameCapture.Samples;

/// <summary>Methods without anything special.</summary>
public sealed class PlainMethods
{
    private readonly string owner = "ops";

    public int Divide(int amount, int parts, string host)
    {
        var half = amount / 2;
        var label = $"{host}:{half}";
        if (parts == 0)
            throw new InvalidOperationException(owner + label);
        return half / parts;
    }

    public int Outer(string host)
    {
        var doubled = host + host;
        return Divide(doubled.Length, 0, doubled);
    }

    public static string Find(string?[] items)
    {
        for (var index = 0; index < items.Length; index++)
        {
            var item = items[index];
            if (item is null)
                throw new InvalidOperationException($"Nothing at {index}");
        }

        foreach (var item in items)
        {
            var length = item!.Length;
            if (length > 100)
                throw new InvalidOperationException($"Too long: {length}");
        }

        return "";
    }

    public static int Reassigned(string text)
    {
        var state = "new";
        var number = 1;
        double? half = null;
        try
        {
            state = "tried";
            number = int.Parse(text, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            state = state == "tried" ? "caught" : "not tried";
            number -= 3;
            half = number / 2.0;
        }

        var parsed = -1;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out parsed))
            throw new InvalidOperationException(state);
        return number + parsed + (int)(half ?? 0);
    }

    public static string TooEarly(bool throws)
    {
        var early = "early";
        if (throws)
            throw new InvalidOperationException(early);
        var late = early + "late";
        return late;
    }

    public static void ByReference(ref int counter, out string name, in Guid id)
    {
        counter++;
        name = "set";
        throw new InvalidOperationException($"{counter}{name}{id}");
    }

    public static unsafe int NotCapturable(ReadOnlySpan<byte> bytes, int* pointer, string kept)
    {
        var slice = bytes[1..];
        ref readonly var first = ref slice[0];
        if (first == *pointer)
            throw new InvalidOperationException(kept);
        return slice.Length;
    }

    public static string Patterns(object value)
    {
        var text = value switch
        {
            (int number, string { Length: > 1 } name) => name + number,
            int[] and [var first, .., var last] => throw new InvalidOperationException($"{first}-{last}"),
            _ => "other",
        };
        return text;
    }

    public static int Recurse(int depth, int end)
    {
        var below = depth + 1;
        if (below == end)
            throw new InvalidOperationException("Deep enough");
        return Recurse(below, end) + below;
    }
}
