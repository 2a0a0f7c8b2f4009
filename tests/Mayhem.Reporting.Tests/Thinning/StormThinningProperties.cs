using FsCheck;
using FsCheck.Fluent;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Thinning;

public sealed class StormThinningProperties
{
    [Fact]
    public void ReportsAndCounts_AddUpToAllFailures()
    {
        var steps = Gen.OneOf(
            from fingerprint in Gen.Choose(0, 6) from kind in Gen.Choose(0, 4) from times in Gen.Choose(1, 60) select new Step(fingerprint, kind, times, 0, false),
            from seconds in Gen.Choose(0, 90) select new Step(0, 0, 0, seconds, false),
            from all in Gen.Elements(true, false) select new Step(0, 0, 0, 0, true) { All = all });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(steps.ListOf().ToArbitrary(), AddUp));
    }

    [Fact]
    public async Task ReportsAndCounts_OfManyThreads_AddUpToAllFailures()
    {
        var clock = new ManualTimeProvider();
        var thinning = new StormThinning(clock, new StormThinningOptions { Capacity = 5, Quiet = TimeSpan.FromMilliseconds(1) });
        var accounted = 0L;
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var failure = 0; failure < 20_000; failure++)
            {
                if (thinning.ShouldTell(SomeReport.WithFingerprint($"{(failure + worker) % 9}"), out var unreported))
                    Interlocked.Add(ref accounted, 1 + unreported);
                if (failure % 100 == 0)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(1));
                    Interlocked.Add(ref accounted, thinning.TakeWithheld(all: false).Sum(withheld => 1L + withheld.Unreported));
                }
            }
        }));
        await Task.WhenAll(workers);

        Assert.Equal(80_000, accounted + thinning.TakeWithheld(all: true).Sum(withheld => 1L + withheld.Unreported));
    }

    private static bool AddUp(IEnumerable<Step> steps)
    {
        var clock = new ManualTimeProvider();
        var thinning = new StormThinning(clock, new StormThinningOptions { Capacity = 4 });
        long failures = 0, accounted = 0;
        foreach (var step in steps)
        {
            clock.Advance(TimeSpan.FromSeconds(step.Seconds));
            for (var time = 0; time < step.Times; time++, failures++)
            {
                if (thinning.ShouldTell(SomeReport.WithFingerprint($"{step.Fingerprint}", (ReportKind)step.Kind), out var unreported))
                    accounted += 1 + unreported;
            }

            if (step.Take)
                accounted += thinning.TakeWithheld(step.All).Sum(withheld => 1L + withheld.Unreported);
        }

        return failures == accounted + thinning.TakeWithheld(all: true).Sum(withheld => 1L + withheld.Unreported);
    }

    private sealed record Step(int Fingerprint, int Kind, int Times, int Seconds, bool Take)
    {
        public bool All { get; init; }
    }
}
