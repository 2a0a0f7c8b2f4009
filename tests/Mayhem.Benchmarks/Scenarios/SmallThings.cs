using System.Diagnostics;
using Mayhem.Benchmarks.FrameCapture;
using Mayhem.Benchmarks.Reports;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;
using Verdict = Mayhem.Benchmarks.Scenarios.Results.Verdict;

namespace Mayhem.Benchmarks.Scenarios;

/// <summary>The targets of single steps, measured in passing. BenchmarkDotNet measures them more exactly: <c>-- --filter '*'</c>; frame capture has <c>-- frames</c>.</summary>
internal static class SmallThings
{
    private const int Batches = 15;
    private const int PairedTurns = 300;

    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(20);

    public static IEnumerable<Verdict> Measure()
    {
        yield return Verdict.AtMost("Match a rule and decide: under 200 ns", Nanoseconds(Decision()), 200, "ns");
        var report = new FullReport();
        report.Fail();
        yield return Verdict.AtMost("A full report: under 60 µs", Nanoseconds(() => report.Document()) / 1000, 60, "µs");
        yield return Verdict.AtMost("Frame capture while nothing fails: within 2 %", PairedFigures.Measure(Pairs.SomeWork, PairedTurns).Ratio * 100 - 100, 2, "% more");
    }

    private static Action Decision()
    {
        var rules = new FailureRules(DefaultFailureRules.All);
        var exception = new TimeoutException("the host did not answer");
        var now = TimeProvider.System.GetUtcNow();
        var failure = new FailureClassifier(rules).Classify(exception, stopping: false, default, now);
        var delivery = new Delivery { Queue = "restarts", MessageId = "n-1", Body = default, DeliveryCount = 1, LockedUntil = now + TimeSpan.FromSeconds(30), EnqueuedAt = now };
        var budget = AttemptBudget.Untouched;
        var options = new RecoveryOptions();
        return () =>
        {
            rules.Match(exception);
            RecoveryPolicy.Decide(failure, delivery, budget, options, 0.5);
        };
    }

    private static double Nanoseconds(Action step)
    {
        var times = Calibrate(step);
        return Median(Enumerable.Range(0, Batches).Select(_ => Time(step, times)));
    }

    // Also warms it up.
    private static int Calibrate(Action step)
    {
        var times = 1;
        while (Time(step, times) * times < Batch.TotalNanoseconds)
            times *= 2;
        return times;
    }

    private static double Time(Action step, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var done = 0; done < times; done++)
            step();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times;
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(Batches / 2);
}
