using System.Globalization;

namespace Mayhem.Guards;

/// <summary>A window that opens at one local time on some days of the week, and closes within 24 hours.</summary>
internal sealed record DailyWindow
{
    private static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private readonly bool[] opensOn;
    private readonly TimeSpan end;

    private DailyWindow(bool[] opensOn, TimeSpan start, TimeSpan end)
    {
        this.opensOn = opensOn;
        this.end = end;
        Start = start;
    }

    /// <summary>When it opens.</summary>
    public TimeSpan Start { get; }

    /// <summary>Reads days and times, as <c>Mon-Fri 22:00-06:00</c>, <c>Sat,Sun 00:00-24:00</c> or, for all days, <c>22:00-06:00</c>; null if they make no sense.</summary>
    public static DailyWindow? Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var days = parts.Length == 2 ? Days(parts[0]) : parts.Length == 1 ? [true, true, true, true, true, true, true] : null;
        return days is not null && parts[^1].Split('-') is [var from, var to] && Time(from) is { } start && Time(to) is { } end && start != end && start < TimeSpan.FromDays(1)
            ? new DailyWindow(days, start, end)
            : null;
    }

    public bool OpensOn(DateOnly day) => opensOn[(int)day.DayOfWeek];

    /// <summary>True if it is open at a time of the day on which it opens.</summary>
    public bool Holds(TimeSpan time) => time >= Start && (time < end || end < Start);

    /// <summary>True if it is open at a time of the day after.</summary>
    public bool HoldsOnNextDay(TimeSpan time) => end < Start && time < end;

    private static bool[]? Days(string text)
    {
        var days = new bool[7];
        foreach (var range in text.Split(','))
        {
            var ends = range.Split('-');
            if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last)
                return null;
            for (var day = first; ; day = (day + 1) % 7)
            {
                days[day] = true;
                if (day == last)
                    break;
            }
        }

        return days;
    }

    private static int? Day(string name) => Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var day ? day : null;

    private static TimeSpan? Time(string text)
    {
        if (string.Equals(text, "24:00", StringComparison.Ordinal))
            return TimeSpan.FromDays(1);
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
    }
}
