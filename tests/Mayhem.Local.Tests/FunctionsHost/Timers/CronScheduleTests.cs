using System.Globalization;
using Mayhem.Local.FunctionsHost.Timers;

namespace Mayhem.Local.Tests.FunctionsHost.Timers;

public class CronScheduleTests
{
    [Theory]
    [InlineData("0 * * * * *", "2026-11-20T12:00:30", "2026-11-20T12:01:00")]
    [InlineData("0 * * * * *", "2026-11-20T12:01:00", "2026-11-20T12:02:00")]
    [InlineData("*/15 * * * * *", "2026-11-20T12:00:46", "2026-11-20T12:01:00")]
    [InlineData("5,50 * * * * *", "2026-11-20T12:00:05", "2026-11-20T12:00:50")]
    [InlineData("0 10-50/20 * * * *", "2026-11-20T12:30:00", "2026-11-20T12:50:00")]
    [InlineData("0 30/10 * * * *", "2026-11-20T12:00:00", "2026-11-20T12:30:00")]
    [InlineData("0 0 9-17 * * 1-5", "2026-11-20T17:00:00", "2026-11-23T09:00:00")]
    [InlineData("0 0 0 * * 7", "2026-11-20T00:00:00", "2026-11-22T00:00:00")]
    [InlineData("59 59 23 31 12 *", "2026-12-31T23:59:59", "2027-12-31T23:59:59")]
    [InlineData("0 0 0 29 2 *", "2026-11-20T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 0 0 31 2 *", "2026-11-20T00:00:00", null)]
    public void Next_IsTheFirstMomentAfter(string expression, string after, string? next) =>
        Assert.Equal(next is null ? null : Utc(next), CronSchedule.Parse(expression).Next(Utc(after)));

    [Theory]
    [InlineData("* * * * *", "has 5 fields")]
    [InlineData("60 * * * * *", "no second")]
    [InlineData("* * 5-2 * * *", "no hour")]
    [InlineData("* */0 * * * *", "no minute")]
    [InlineData("* * * x * *", "no day")]
    [InlineData("* * * 0 * *", "no day")]
    [InlineData("* * * * 1-2-3 *", "no month")]
    [InlineData("* * * * * -1", "no day of the week")]
    public void Parse_WhatIsNoSchedule_SaysWhatIsWrong(string expression, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => CronSchedule.Parse(expression)).Message, StringComparison.Ordinal);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
