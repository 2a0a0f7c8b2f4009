using System.Globalization;

namespace Mayhem.Local.FunctionsHost.Timers;

/// <summary>
/// A schedule as the real host reads it: six fields for second, minute, hour, day, month and day of the week (0 or 7 is Sunday), in UTC. A field is <c>*</c>, a number, a range <c>1-5</c>,
/// a step <c>*/15</c> or <c>10-50/20</c>, or several of them with commas between.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly (string Name, int Least, int Most)[] Limits = [("second", 0, 59), ("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("day of the week", 0, 7)];

    private readonly bool[][] fields;

    private CronSchedule(bool[][] fields) => this.fields = fields;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is none; the message tells why.</exception>
    public static CronSchedule Parse(string expression)
    {
        var parts = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Limits.Length)
            throw new FormatException($"'{expression}' has {parts.Length} fields; six are needed, for second, minute, hour, day, month and day of the week.");
        var read = parts.Zip(Limits, Field).ToArray();
        read[5][0] |= read[5][7];
        return new CronSchedule(read);
    }

    /// <summary>The first moment after a given one; null if there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var second = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc).AddSeconds(1);
        for (var end = second.AddYears(5); second < end;)
        {
            if (!fields[4][second.Month])
                second = new DateTime(second.Year, second.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            else if (!fields[3][second.Day] || !fields[5][(int)second.DayOfWeek])
                second = second.Date.AddDays(1);
            else if (!fields[2][second.Hour])
                second = second.Date.AddHours(second.Hour + 1);
            else if (!fields[1][second.Minute])
                second = second.Date.AddHours(second.Hour).AddMinutes(second.Minute + 1);
            else if (!fields[0][second.Second])
                second = second.AddSeconds(1);
            else
                return new DateTimeOffset(second, TimeSpan.Zero);
        }
        return null;
    }

    private static bool[] Field(string text, (string Name, int Least, int Most) limits)
    {
        var set = new bool[limits.Most + 1];
        foreach (var part in text.Split(','))
        {
            var (first, last, step) = Part(part, limits);
            if (first < limits.Least || last > limits.Most || first > last || step < 1)
                throw new FormatException($"'{part}' is no {limits.Name}: allowed are numbers from {limits.Least} to {limits.Most}.");
            for (var value = first; value <= last; value += step)
                set[value] = true;
        }
        return set;
    }

    private static (int First, int Last, int Step) Part(string part, (string Name, int Least, int Most) limits)
    {
        var (range, step) = part.Split('/') switch
        {
            [var all] => (all, (int?)null),
            [var all, var every] => (all, Number(every, part, limits)),
            _ => throw NoField(part, limits),
        };
        return range.Split('-') switch
        {
            ["*"] => (limits.Least, limits.Most, step ?? 1),
            [var one] => (Number(one, part, limits), step is null ? Number(one, part, limits) : limits.Most, step ?? 1),
            [var first, var last] => (Number(first, part, limits), Number(last, part, limits), step ?? 1),
            _ => throw NoField(part, limits),
        };
    }

    private static int Number(string text, string part, (string Name, int Least, int Most) limits) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NoField(part, limits);

    private static FormatException NoField(string part, (string Name, int Least, int Most) limits) =>
        new($"'{part}' is no {limits.Name}: give *, a number, a range as 1-5 or a step as */15.");
}
