using FsCheck;
using FsCheck.Fluent;
using Mayhem.Guards;

namespace Mayhem.Core.Tests.Guards;

public class OpeningTimesTests
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Asia/Tehran", "Africa/Cairo", "Pacific/Auckland"];

    [Theory]
    [InlineData("2026-11-20T21:59:59Z", false)]
    [InlineData("2026-11-20T22:00:00Z", true)]
    [InlineData("2026-11-21T05:59:59Z", true)]
    [InlineData("2026-11-21T06:00:00Z", false)]
    [InlineData("2026-11-21T22:00:00Z", false)]
    [InlineData("2026-11-23T05:00:00Z", false)]
    public void IsOpen_AWindowOverMidnight_BelongsToTheDayOnWhichItOpens(string at, bool open) =>
        Assert.Equal(open, Times("Mon-Fri 22:00-06:00").IsOpen(At(at)));

    [Theory]
    [InlineData("Fri-Mon 10:00-11:00", "2026-11-22T10:30:00Z")]
    [InlineData("tue,SUN 10:00-11:00", "2026-11-22T10:30:00Z")]
    [InlineData("10:00-11:00", "2026-11-22T10:30:00Z")]
    [InlineData("Sun 00:00-24:00", "2026-11-22T23:59:59Z")]
    [InlineData("Mon 01:00-02:00; Sun 10:00-00:00", "2026-11-22T23:59:59Z")]
    public void IsOpen_OfManyForms_OnASunday(string window, string at) => Assert.True(Times(window).IsOpen(At(at)));

    [Fact]
    public void IsOpen_GoesByTheLocalClock()
    {
        var berlin = Times("08:00-09:00", "Europe/Berlin");
        Assert.True(berlin.IsOpen(At("2026-07-01T06:30:00Z")));
        Assert.False(berlin.IsOpen(At("2026-07-01T07:30:00Z")));
        Assert.True(berlin.IsOpen(At("2026-12-01T07:30:00Z")));
    }

    [Fact]
    public void Holidays_NothingBeginsOnThem_NorInAWindowThatOpensOnThem()
    {
        var nights = Times("22:00-06:00", holidays: "2026-12-25");
        Assert.True(nights.IsOpen(At("2026-12-24T23:00:00Z")));
        Assert.False(nights.IsOpen(At("2026-12-25T01:00:00Z")));
        Assert.False(nights.IsOpen(At("2026-12-25T23:00:00Z")));
        Assert.False(nights.IsOpen(At("2026-12-26T01:00:00Z")));
        Assert.Equal(At("2026-12-26T22:00:00Z"), nights.FirstOpening(At("2026-12-25T00:00:00Z")));
    }

    [Fact]
    public void FirstOpening_AWindowThatBeginsWhenClocksAreForward_OpensWithTheChange() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), Times("Sun 02:30-04:00", "Europe/Berlin").FirstOpening(At("2026-03-29T00:00:00Z")));

    [Fact]
    public void FirstOpening_AWindowThatIsSkippedAsAWhole_IsThatOfTheNextDay() =>
        Assert.Equal(At("2026-03-30T00:15:00Z"), Times("02:15-02:45", "Europe/Berlin").FirstOpening(At("2026-03-28T02:00:00Z")));

    [Fact]
    public void FirstOpening_LocalTimesThatComeTwice_OpenTwice()
    {
        var window = Times("02:15-02:45", "Europe/Berlin");
        Assert.Equal(At("2026-10-25T00:15:00Z"), window.FirstOpening(At("2026-10-25T00:00:00Z")));
        Assert.Equal(At("2026-10-25T01:15:00Z"), window.FirstOpening(At("2026-10-25T00:45:00Z")));
    }

    [Fact]
    public void FirstOpening_ClocksThatAreSetBackIntoAWindow_OpenItAgain() =>
        Assert.Equal(At("2026-10-25T01:00:00Z"), Times("00:00-02:30", "Europe/Berlin").FirstOpening(At("2026-10-25T00:40:00Z")));

    [Fact]
    public void FirstOpening_ClocksThatChangeOnTheDayAfterAHoliday_AreNotAheadOfItsWindow() =>
        Assert.Equal(At("2026-10-03T14:00:00Z"), Times("Sat,Sun 00:30-16:00", "Australia/Lord_Howe", holidays: "2026-10-03").FirstOpening(At("2026-09-27T15:30:00Z")));

    [Fact]
    public void FirstOpening_HolidaysForMoreThanAYear_IsNone()
    {
        var days = string.Join(';', Enumerable.Range(0, 450).Select(day => At("2026-11-20T00:00:00Z").AddDays(day).ToString("yyyy-MM-dd")));
        Assert.Null(Times("00:00-24:00", holidays: days).FirstOpening(At("2026-11-21T00:00:00Z")));
    }

    /// <summary>Against a look at every quarter of an hour, around the changes of the clocks and elsewhere.</summary>
    [Fact]
    public void FirstOpening_WhateverTheWindow_IsInsideItAndNoneIsBefore() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var (window, zone, holidays, from) = one;
        var times = Times(window, zone, holidays);
        var opening = times.FirstOpening(from) ?? throw new InvalidOperationException("There is no opening.");
        Assert.True(times.IsOpen(opening), $"{opening:u} is outside");
        if (opening > from)
            Assert.False(times.IsOpen(opening.AddTicks(-1)), $"{opening:u} is not the beginning");
        for (var quarter = from; quarter < opening; quarter = quarter.AddMinutes(15))
            Assert.False(times.IsOpen(quarter), $"{quarter:u} is open, before {opening:u}");
    }));

    [Theory]
    [InlineData("Mon-Fri", "")]
    [InlineData("Mon-Fri 22:00", "")]
    [InlineData("Mon-Fri 22-06", "")]
    [InlineData("Mon-Fri 10:00-10:00", "")]
    [InlineData("Mon-Fri-Sat 10:00-11:00", "")]
    [InlineData("Mo 10:00-11:00", "")]
    [InlineData("24:00-06:00", "")]
    [InlineData("25:00-26:00", "")]
    [InlineData("10:00-11:00", "25.12.2026")]
    public void Read_BadWindowsAndHolidays_AreToldWithWhatTheyShouldBe(string window, string holidays)
    {
        var problem = Assert.Single(OpeningTimes.Read(new GuardOptions { Window = window, Holidays = holidays }).Problems);
        Assert.Contains("such as", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ATimeZoneThatDoesNotExist_IsTold() =>
        Assert.StartsWith("TimeZone is 'Europe/Atlantis'", Assert.Single(OpeningTimes.Read(new GuardOptions { Window = "10:00-11:00", TimeZone = "Europe/Atlantis" }).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_HolidaysWithoutAWindow_AreTold() => Assert.Contains("without Window", Assert.Single(OpeningTimes.Read(new GuardOptions { Holidays = "2026-12-25" }).Problems), StringComparison.Ordinal);

    private static Gen<(string Window, string Zone, string Holidays, DateTimeOffset From)> Cases =>
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 95)
        from days in Gen.Elements("Mon-Fri", "Sat,Sun", "Mon-Sun", "Sun", "Wed-Thu", "Fri-Mon")
        from zone in Gen.Elements(Zones)
        from holiday in Gen.Choose(0, 10)
        from season in Gen.Elements("2026-03-26T00:00:00Z", "2026-10-22T00:00:00Z", "2026-04-02T00:00:00Z", "2026-09-24T00:00:00Z", "2026-11-01T00:00:00Z", "2026-03-05T00:00:00Z", "2018-11-01T00:00:00Z")
        from quarters in Gen.Choose(0, 700)
        let begin = At(season).AddMinutes(15 * quarters)
        select ($"{days} {Clock(start)}-{Clock((start + length) % 96)}", zone, begin.AddDays(holiday).ToString("yyyy-MM-dd"), begin);

    private static string Clock(int quarter) => $"{quarter / 4:00}:{quarter % 4 * 15:00}";

    private static OpeningTimes Times(string window, string zone = "UTC", string holidays = "")
    {
        var (times, problems) = OpeningTimes.Read(new GuardOptions { Window = window, TimeZone = zone, Holidays = holidays });
        Assert.Empty(problems);
        return times!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
