using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Mayhem.FrameCapture.Values;

/// <summary>Values that are shown as one word: numbers, times, ids, enums, and things of the platform that are told by their state.</summary>
internal static class PlainValues
{
    private static readonly FieldInfo? ExceptionMessage = typeof(Exception).GetField("_message", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The text of a number, time, id or enum; null for anything else. Only code of the platform runs.</summary>
    public static string? Scalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        char character => $"'{character}'",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        Enum named => named.ToString(),
        sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or Int128 or UInt128 or BigInteger
            or Half or float or double or decimal or TimeSpan or Guid => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Things whose text says how they are, and nothing of what they hold; null for anything else.</summary>
    public static string? State(object value) => value switch
    {
        CancellationToken token => token.IsCancellationRequested ? "cancelled" : "not cancelled",
        CancellationTokenSource source when source.GetType() == typeof(CancellationTokenSource) => source.IsCancellationRequested ? "cancelled" : "not cancelled",
        Task task => task.Status.ToString(),
        Delegate function => MethodNames.Of(function.Method),
        Type type when IsOfTheRuntime(value) => TypeNames.Of(type),
        byte[] bytes => $"byte[{bytes.Length}]",
        Memory<byte> bytes => $"Memory<byte>({bytes.Length})",
        ReadOnlyMemory<byte> bytes => $"ReadOnlyMemory<byte>({bytes.Length})",
        _ => null,
    };

    /// <summary>What is text, though it is not a string; null for anything else.</summary>
    public static string? Characters(object value) => value switch
    {
        string text => text,
        char[] characters => new string(characters),
        System.Text.StringBuilder text => text.ToString(0, Math.Min(text.Length, 8_192)),
        ReadOnlyMemory<char> characters => characters.ToString(),
        Memory<char> characters => characters.ToString(),
        Uri uri when uri.GetType() == typeof(Uri) => uri.OriginalString,
        Version version => version.ToString(),
        _ => null,
    };

    // Type can be derived from; what typeof gives is of this class.
    private static bool IsOfTheRuntime(object type) => type.GetType().FullName == "System.RuntimeType";

    /// <summary>The message an exception was made with; its property may be overridden, and is not read.</summary>
    public static string? MessageOf(Exception exception) => ExceptionMessage?.GetValue(exception) as string;
}
