using System.Globalization;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>Reads the times that people give: <c>30m</c>, <c>2h</c>, <c>1d</c> ago, or a date.</summary>
internal static class Since
{
    /// <summary>The time.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="now">The time it is.</param>
    /// <param name="option">The option that it was given with.</param>
    /// <exception cref="UsageException">The text is none.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now, string option = "--since")
    {
        if (Ago(text) is { } ago)
            return now - ago;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        throw new UsageException($"{option} {text} is no time: give how long ago, as 90s, 30m, 2h or 1d, or a time, as 2026-11-21T03:00:00Z");
    }

    private static TimeSpan? Ago(string text)
    {
        if (text.Length < 2 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 36_500)
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
