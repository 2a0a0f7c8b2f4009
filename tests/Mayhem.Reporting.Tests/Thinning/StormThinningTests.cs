using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Thinning;

public sealed class StormThinningTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void ShouldTell_TheFirstOnes_AreToldInFull()
    {
        var thinning = new StormThinning(clock);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(Tell(thinning, "a") is 0));
        Assert.Null(Tell(thinning, "a"));
    }

    [Fact]
    public void ShouldTell_AStorm_IsToldAtEachDoubling_WithTheCountSince()
    {
        var thinning = new StormThinning(clock);

        var told = Enumerable.Range(1, 100).Select(number => (number, Unreported: Tell(thinning, "a"))).Where(one => one.Unreported is not null).Skip(10);

        Assert.Equal([(20, 9), (40, 19), (80, 39)], told);
    }

    [Fact]
    public void ShouldTell_AStormThatGoesOn_IsToldOnceAMinute()
    {
        var thinning = new StormThinning(clock);
        for (var failure = 0; failure < 30; failure++)
            Tell(thinning, "a");

        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(Tell(thinning, "a"));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(11, Tell(thinning, "a"));
    }

    [Fact]
    public void ShouldTell_AfterAQuietMinute_IsANewStorm()
    {
        var thinning = new StormThinning(clock);
        for (var failure = 0; failure < 15; failure++)
            Tell(thinning, "a");

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(5, Tell(thinning, "a"));
        Assert.Equal(0, Tell(thinning, "a"));
    }

    [Fact]
    public void ShouldTell_OtherKindsAndFingerprints_AreNotThinnedWithTheStorm()
    {
        var thinning = new StormThinning(clock);
        for (var failure = 0; failure < 15; failure++)
            Tell(thinning, "a");

        Assert.Equal(0, Tell(thinning, "b"));
        Assert.Equal(0, Tell(thinning, "a", ReportKind.Final));
        Assert.Equal(0, Tell(thinning, "a", ReportKind.ProcessFatal));
    }

    [Fact]
    public void TakeWithheld_TheStormIsOver_GivesTheLastWithTheCountOfTheRest_Once()
    {
        var thinning = new StormThinning(clock);
        for (var failure = 0; failure < 14; failure++)
            Tell(thinning, "a");
        var last = SomeReport.WithFingerprint("a");
        Assert.False(thinning.ShouldTell(last, out _));

        Assert.Empty(thinning.TakeWithheld(all: false));
        clock.Advance(TimeSpan.FromMinutes(1));

        var withheld = Assert.Single(thinning.TakeWithheld(all: false));
        Assert.Same(last, withheld.Report);
        Assert.Equal(4, withheld.Unreported);
        Assert.Empty(thinning.TakeWithheld(all: true));
    }

    [Fact]
    public void ShouldTell_FullOfOldStorms_MakesRoom()
    {
        var thinning = new StormThinning(clock, new StormThinningOptions { Capacity = 2 });
        Tell(thinning, "a");
        Tell(thinning, "b");
        clock.Advance(TimeSpan.FromMinutes(1));
        for (var failure = 0; failure < 15; failure++)
            Tell(thinning, "c");

        Assert.Equal(0, Tell(thinning, "d"));
    }

    /// <summary>Null if it is withheld, or else the count of those before it.</summary>
    private static int? Tell(StormThinning thinning, string fingerprint, ReportKind kind = ReportKind.Retry) =>
        thinning.ShouldTell(SomeReport.WithFingerprint(fingerprint, kind), out var unreported) ? unreported : null;
}
