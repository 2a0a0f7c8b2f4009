using System.Globalization;
using System.Net.Http.Headers;
using Mayhem.Failures;

namespace Mayhem.Targets.Operations;

/// <summary>Reads the value of a Retry-After header.</summary>
internal static class RetryAfter
{
    /// <summary>The header's name.</summary>
    public const string Header = "Retry-After";

    /// <summary>Seconds, or an HTTP date; never negative, never longer than <see cref="RetryDelay.Longest"/>. Null if it cannot be read.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(value, out var header))
            return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? Clamp(seconds) : null;
        return Clamp((header.Delta ?? header.Date!.Value - now).TotalSeconds);
    }

    private static TimeSpan Clamp(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, RetryDelay.Longest.TotalSeconds));
}
