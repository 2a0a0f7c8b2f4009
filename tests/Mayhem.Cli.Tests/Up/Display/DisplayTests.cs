using Mayhem.Breakers;
using Mayhem.Cli.Up.Display;
using Mayhem.Cli.Up.Logging;
using Mayhem.Local.Broker;
using Mayhem.Observation;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Mayhem.Cli.Tests.Up.Display;

public class DisplayTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Show_ManyWarnings_AreAHandfulOfLinesAndOneOfProgress()
    {
        var notices = new NoticeBoard();
        for (var i = 0; i < 50; i++)
            notices.Add(new Notice(At, LogLevel.Warning, $"odd {i}"));
        var writer = new StringWriter();
        var display = new PlainDisplay("title", writer, notices, new ManualTimeProvider(), "the.log");

        display.Show(FrameOf(published: 3));
        var first = Lines(writer);
        display.Show(FrameOf(published: 4));

        Assert.Equal(6, first.Length);
        Assert.Equal("46 more, see the.log", first[4].Trim());
        Assert.StartsWith("[00:00:07] published 3/10, restarted 2 (", first[5], StringComparison.Ordinal);
        Assert.Equal(7, Lines(writer).Length);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(120)]
    public void Of_MoreThanFits_FitsTheTerminal(int height)
    {
        var frame = FrameOf(published: 3) with
        {
            InFlight = [.. Enumerable.Range(0, 50).Select(i => new InFlightRow($"host-[{i}]", MessageStage.Restarting, 1, TimeSpan.FromSeconds(i)))],
            Notices = [.. Enumerable.Range(0, 50).Select(i => new Notice(At, LogLevel.Error, $"[odd] {i} " + new string('x', 300)))],
            Groups = [.. Enumerable.Range(0, 9).Select(i => Group($"group-[{i}]"))],
            DeadLettered = Enumerable.Range(0, 20).ToDictionary(i => $"Fatal:Some.Name.Space.Type{i}", i => (long)i, StringComparer.Ordinal),
        };
        var shown = Shown(Picture.Of(frame, "mayhem [up]", 120, height));

        var lines = shown.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length is > 10 && lines.Length <= height, shown);
        Assert.Contains(lines, line => line.Contains("host-[0]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(height == 24 ? "9 groups are held back" : "group-[0] breaker open, 12 of 20 attempts failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(height == 24 ? "9 groups are held back" : "and 5 more groups are held back", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("[odd] 49", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_TextsThatLookLikeMarkup_AreShownAsTheyAre()
    {
        var frame = FrameOf(published: 3) with
        {
            Dashboard = "no dashboard: a:smile:a",
            InFlight = [new InFlightRow("[red]b:smile:b", MessageStage.Restarting, 1, TimeSpan.Zero)],
            Notices = [new Notice(At, LogLevel.Error, "[red]c:smile:c")],
            Groups = [Group("d:smile:d")],
            DeadLettered = new Dictionary<string, long>(StringComparer.Ordinal) { ["Fatal:smile:e"] = 1 },
        };

        var shown = Shown(Picture.Of(frame, "mayhem up: data f:smile:f", 120, 40));

        Assert.All(
            ["a:smile:a", "[red]b:smile:b", "[red]c:smile:c", "d:smile:d", "Fatal:smile:e", "data f:smile:f"],
            text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80, "── 00:00:07  mayhem up: data here ──────────────────────────────────────────────")]
    [InlineData(30, "── 00:00:07  mayhem up: data …")]
    [InlineData(34, "── 00:00:07  mayhem up: data here ")]
    public void Of_AHeading_FillsItsLine(int width, string line) =>
        Assert.Equal(line, Shown(Heading.Of(FrameOf(published: 3), "mayhem up: data here", width), width).TrimEnd('\n'));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("abc", 0, "")]
    public void Fit_AText_TakesNoMoreCells(string text, int width, string fitting) => Assert.Equal(fitting, Cells.Fit(text, width));

    [Fact]
    public void Sample_SteadyGrowth_IsTheRateOfTheWindow()
    {
        var meter = new RateMeter(TimeSpan.FromSeconds(5));
        Assert.Equal(0, meter.Sample(TimeSpan.Zero, 0));
        for (var second = 1; second <= 20; second++)
            Assert.Equal(3, meter.Sample(TimeSpan.FromSeconds(second), 3 * second), precision: 6);
        for (var second = 21; second <= 27; second++)
            meter.Sample(TimeSpan.FromSeconds(second), 60);
        Assert.Equal(0, meter.Sample(TimeSpan.FromSeconds(28), 60));
    }

    [Theory]
    [InlineData(BreakerState.Open, 9.0, null, "breaker open, 12 of 20 attempts failed; one tries in 9 s")]
    [InlineData(BreakerState.Open, -1.0, null, "breaker open, 12 of 20 attempts failed; one tries when a message comes")]
    [InlineData(BreakerState.HalfOpen, 9.0, 3.2, "breaker half open, 12 of 20 attempts failed; one tries; asked to be left alone for 4 s")]
    [InlineData(BreakerState.Closed, null, 3.2, "asked to be left alone for 4 s")]
    public void Of_AGroup_TellsWhatHoldsItBack(BreakerState state, double? probe, double? delay, string text) => Assert.Equal(text, GroupText.Of(
        Group("web") with { State = state, NextProbeAt = Later(probe), DelayedUntil = Later(delay) }, At));

    private static DateTimeOffset? Later(double? seconds) => seconds is { } given ? At.AddSeconds(given) : null;

    private static GroupSnapshot Group(string name) => new(name, BreakerState.Open, At, new ResultCount(12, 20), At.AddSeconds(9), DelayedUntil: null);

    private static Frame FrameOf(long published) => new()
    {
        At = At,
        Elapsed = TimeSpan.FromSeconds(7),
        Published = published,
        Planned = 10,
        Counts = Enum.GetValues<ProcessingEvent>().ToDictionary(happened => happened, _ => 2L),
        Queue = new QueueCounts(1, 2, 3, 4, 5),
    };

    private static string Shown(Spectre.Console.Rendering.IRenderable picture, int width = 120)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(picture);
        return writer.ToString();
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().TrimEnd('\n').Split('\n');
}
