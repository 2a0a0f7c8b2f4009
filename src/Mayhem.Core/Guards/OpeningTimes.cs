using System.Globalization;

namespace Mayhem.Guards;

/// <summary>
/// When restarts may begin, on the clocks of one time zone: a moment is inside a window if its local date and time are. Where clocks are put back, local times that come twice are
/// inside both times; those that are skipped never come. A window may go over midnight, and belongs to the day on which it opens.
/// </summary>
public sealed class OpeningTimes
{
    /// <summary>How far ahead an opening is looked for: holidays may close windows for long.</summary>
    private const int LongestSearch = 400;

    private readonly IReadOnlyList<DailyWindow> windows;
    private readonly IReadOnlySet<DateOnly> holidays;

    private OpeningTimes(IReadOnlyList<DailyWindow> windows, TimeZoneInfo zone, IReadOnlySet<DateOnly> holidays, string text)
    {
        this.windows = windows;
        this.holidays = holidays;
        Zone = zone;
        Text = text;
    }

    /// <summary>The time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The windows as they were written, with the time zone.</summary>
    public string Text { get; }

    /// <summary>Reads <see cref="GuardOptions.Window"/> and what belongs to it.</summary>
    /// <returns>The times, null where restarts may begin at any; and what is wrong, each as a sentence that starts with the name of the option. With problems the times are not to be used.</returns>
    public static (OpeningTimes? Times, IReadOnlyList<string> Problems) Read(GuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        var daily = new List<DailyWindow>();
        foreach (var text in Split(options.Window))
        {
            if (DailyWindow.Parse(text) is { } window)
                daily.Add(window);
            else
                problems.Add($"{nameof(options.Window)} has '{text}'; give days and local times such as Mon-Fri 22:00-06:00, several separated by ';'.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone.Trim(), out var zone))
            problems.Add($"{nameof(options.TimeZone)} is '{options.TimeZone}', which is no time zone here; give its IANA name, such as Europe/Berlin.");
        var closedOn = new HashSet<DateOnly>();
        foreach (var text in Split(options.Holidays))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                closedOn.Add(date);
            else
                problems.Add($"{nameof(options.Holidays)} has '{text}'; give dates such as 2026-12-25, several separated by ';'.");
        }

        if (closedOn.Count > 0 && daily.Count == 0 && problems.Count == 0)
            problems.Add($"{nameof(options.Holidays)} is given without {nameof(options.Window)}: give the window 00:00-24:00 for all other days.");
        return daily.Count == 0 || problems.Count > 0 ? (null, problems) : (new OpeningTimes(daily, zone!, closedOn, $"{options.Window.Trim()} {zone!.Id}"), []);
    }

    /// <summary>True if a restart may begin at this moment.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        var today = DateOnly.FromDateTime(local);
        if (holidays.Contains(today))
            return false;
        var yesterday = today.AddDays(-1);
        foreach (var window in windows)
        {
            if ((window.OpensOn(today) && window.Holds(local.TimeOfDay)) || (window.OpensOn(yesterday) && !holidays.Contains(yesterday) && window.HoldsOnNextDay(local.TimeOfDay)))
                return true;
        }

        return false;
    }

    /// <summary>The first moment, not before a given one, at which a restart may begin; null if there is none within 400 days.</summary>
    public DateTimeOffset? FirstOpening(DateTimeOffset from)
    {
        if (IsOpen(from))
            return from;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, Zone).DateTime);
        for (var days = 0; days <= LongestSearch; days++)
        {
            DateTimeOffset? first = null;
            foreach (var candidate in Candidates(day.AddDays(days)))
            {
                if (candidate > from && (first is null || candidate < first) && IsOpen(candidate))
                    first = candidate;
            }

            if (first is not null)
                return first;
        }

        return null;
    }

    // A window can only open when its local time comes, or when clocks are put forward or back into it.
    private IEnumerable<DateTimeOffset> Candidates(DateOnly day)
    {
        foreach (var start in windows.Select(window => window.Start).Distinct())
        {
            foreach (var moment in Moments(day.ToDateTime(TimeOnly.MinValue) + start))
                yield return moment;
        }

        // Clocks may change at midnight, hence the hours around; a change belongs to the day that they show afterwards.
        var (before, after) = (Utc(day, hours: -3), Utc(day, hours: 27));
        if (Zone.GetUtcOffset(before) != Zone.GetUtcOffset(after) && Change(before, after) is var change && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(change, Zone).DateTime) == day)
            yield return change;
    }

    private DateTimeOffset Utc(DateOnly day, int hours)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddHours(hours);
        return new DateTimeOffset(local, TimeSpan.Zero) - Zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero));
    }

    private DateTimeOffset Change(DateTimeOffset before, DateTimeOffset after)
    {
        var offset = Zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (Zone.GetUtcOffset(middle) == offset)
                before = middle;
            else
                after = middle;
        }

        return after;
    }

    // None where the local time is skipped, two where it comes twice.
    private IEnumerable<DateTimeOffset> Moments(DateTime local)
    {
        if (Zone.IsInvalidTime(local))
            return [];
        return Zone.IsAmbiguousTime(local)
            ? Zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset))
            : [new DateTimeOffset(local, Zone.GetUtcOffset(local))];
    }

    private static string[] Split(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
