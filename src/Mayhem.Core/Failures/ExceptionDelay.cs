using System.Globalization;
using System.Reflection;

namespace Mayhem.Failures;

/// <summary>Reads the delay that an exception carries, as a server's Retry-After.</summary>
public static class ExceptionDelay
{
    // The one of the three forms of an HTTP date that is not parsed otherwise.
    private const string AsctimeDate = "ddd MMM d HH:mm:ss yyyy";

    /// <summary>
    /// The delay in a public property: negatives become zero, and nothing is longer than <see cref="RetryDelay.Longest"/>.
    /// Null if there is no such property or its value is empty or unreadable.
    /// </summary>
    public static TimeSpan? Read(Exception exception, string property, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var value = ReadProperty(exception, property);
        return ToDelay(value, now) is { } delay ? Clamp(delay) : null;
    }

    /// <summary>True if exceptions of a type have a public property of this name that can hold a delay.</summary>
    public static bool CanCarry(Type exceptionType, string property) => Carriers(exceptionType).Contains(property, StringComparer.Ordinal);

    /// <summary>The names of the public properties of a type that can hold a delay, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Carriers(Type exceptionType)
    {
        ArgumentNullException.ThrowIfNull(exceptionType);
        return
        [
            .. exceptionType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetMethod is not null && property.GetIndexParameters().Length == 0 && CanHold(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
                .Select(property => property.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    private static bool CanHold(Type type) =>
        type == typeof(object) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset)
        || (!type.IsEnum && Type.GetTypeCode(type) is (>= TypeCode.SByte and <= TypeCode.DateTime) or TypeCode.String);

    private static object? ReadProperty(Exception exception, string property)
    {
        try
        {
            return exception.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)?.GetValue(exception);
        }
        catch (Exception error) when (error is TargetInvocationException or AmbiguousMatchException)
        {
            // A getter that throws says nothing about the delay; the rule's fallback applies.
            return null;
        }
    }

    private static TimeSpan? ToDelay(object? value, DateTimeOffset now) => value switch
    {
        TimeSpan delay => delay,
        DateTimeOffset date => date - now,
        DateTime { Kind: DateTimeKind.Local } date => new DateTimeOffset(date.ToUniversalTime()) - now,
        DateTime date => new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)) - now,
        string text => FromText(text, now),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static TimeSpan? FromText(string text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return FromSeconds(seconds);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && text.Any(char.IsLetter))
            return date - now;
        if (DateTimeOffset.TryParseExact(text, AsctimeDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out date))
            return date - now;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var delay) ? delay : null;
    }

    private static TimeSpan? FromSeconds(double seconds) =>
        double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, RetryDelay.Longest.TotalSeconds));

    private static TimeSpan Clamp(TimeSpan delay) =>
        delay < TimeSpan.Zero ? TimeSpan.Zero : delay > RetryDelay.Longest ? RetryDelay.Longest : delay;
}
