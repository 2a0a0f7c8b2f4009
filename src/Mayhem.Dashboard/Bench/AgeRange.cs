namespace Mayhem.Dashboard.Bench;

/// <summary>Ages as the page's filter has them.</summary>
internal static class AgeRange
{
    /// <summary>The range of times: from the first on, before the second; null for no bound.</summary>
    /// <param name="age"><c>&lt;1h</c>, <c>&gt;7d</c> and the like. What it does not know means any.</param>
    /// <param name="now">The time.</param>
    public static (DateTimeOffset? Since, DateTimeOffset? Before) Of(string? age, DateTimeOffset now)
    {
        if (age is not { Length: >= 3 } || !int.TryParse(age.AsSpan(1, age.Length - 2), out var number) || number is < 1 or > 10_000)
            return (null, null);
        TimeSpan? span = age[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return (age[0], span) switch
        {
            ('<', { } within) => (now - within, null),
            ('>', { } beyond) => (null, now - beyond),
            _ => (null, null),
        };
    }
}
