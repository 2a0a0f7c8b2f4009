using FsCheck;
using FsCheck.Fluent;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

/// <summary>Random histories of one request: whatever happens on the way, it ends once, and its host is restarted once at most.</summary>
public class MessageProcessorProperties
{
    private enum Step
    {
        Succeed,
        Fail,
        Throttle,
        TimeOut,
        Unknown,
        ActThenUnclear,
        NotActedUnclear,
        NotFound,
        Crash,
        CancelInvocation,
        LoseLock,
        RefuseSettlement,
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Process_AnyHistory_EndsOnceAndActsOnceAtMost(bool detectsDuplicates)
    {
        // Failures are made likelier than ends, so that histories are long.
        var steps = Gen.Frequency(
            (1, Gen.Elements(Step.Succeed, Step.NotFound)),
            (6, Gen.Elements(Enum.GetValues<Step>()))).ListOf(12);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(steps.ToArbitrary(), history =>
        {
            Task.Run(() => HoldsAsync(history, detectsDuplicates)).GetAwaiter().GetResult();
            return true;
        }));
    }

    private static async Task HoldsAsync(IReadOnlyList<Step> history, bool detectsDuplicates)
    {
        using var bench = new ProcessorBench(detectsDuplicates);
        var tokens = new Queue<Step>(history.Where(step => step is Step.CancelInvocation or Step.LoseLock or Step.RefuseSettlement));
        foreach (var step in history)
            Script(bench.Target, step);
        bench.Queue.Send(Some.Delivery());
        while (!bench.Queue.IsEmpty)
        {
            // Between deliveries the world is well; during one, one thing may be wrong with it.
            var trouble = tokens.TryDequeue(out var next) ? next : (Step?)null;
            using var invocation = new CancellationTokenSource();
            bench.Queue.RefusesRenewal = trouble == Step.LoseLock;
            bench.Queue.RefusesSettlement = trouble == Step.RefuseSettlement;
            await bench.ProcessNextAsync(
                step =>
                {
                    if (trouble == Step.CancelInvocation && step == 3)
                        invocation.Cancel();
                },
                invocation.Token);
        }

        Assert.Empty(bench.Queue.Violations);
        Assert.InRange(bench.Target.Restarts, 0, 1);
        var entry = await bench.Ledger.FindAsync("r-1", CancellationToken.None);
        if (bench.Queue.DeadLetters.Count == 0)
            Assert.Equal((1, RestartState.Restarted), (bench.Target.Restarts, entry!.State));
        Assert.All(bench.Queue.DeadLetters, dead => Assert.Contains(dead.Reason, new[] { "RetriesExhausted", "Fatal:HostNotFoundException", "HostCrash" }));
        Assert.Equal(bench.Reports.Count, bench.Reports.Select(report => report.Exception).Distinct().Count());
        var final = bench.Reports.Count(report => report.Kind == ReportKind.Final);
        Assert.True(final >= bench.Queue.DeadLetters.Count, "A dead letter without a report.");
        Assert.All(bench.Queue.Copies.GroupBy(copy => copy.MessageId, StringComparer.Ordinal), copies => Assert.StartsWith("r-1:7:r", copies.Key, StringComparison.Ordinal));
        Assert.All(Budgets(bench), budget => Assert.All(
            Some.Rules.All.Where(rule => rule.Delay is not null), rule => Assert.InRange(budget.Used(rule.Name), 0, rule.MaxAttempts)));
    }

    private static IEnumerable<AttemptBudget> Budgets(ProcessorBench bench) =>
        bench.Queue.Copies.Select(copy => copy.Properties).Concat(bench.Queue.DeadLetters.Select(dead => dead.Properties))
            .Select(properties => AttemptBudget.Parse(MessageProperties.Text(properties, MessageProperties.Budgets)));

    private static ScriptedTarget Script(ScriptedTarget target, Step step) => step switch
    {
        Step.Succeed => target.Succeed(),
        Step.Fail => target.Fail(() => new RestartFailedException("no")),
        Step.Throttle => target.Fail(() => new RestartThrottledException("slow down", TimeSpan.FromSeconds(40))),
        Step.TimeOut or Step.LoseLock => target.Hang(),
        Step.Unknown => target.Fail(() => new NotSupportedException("surprise")),
        Step.ActThenUnclear => target.Fail(() => new AmbiguousRestartException("connection lost"), afterActing: true),
        Step.NotActedUnclear => target.Fail(() => new IOException("connection refused")),
        Step.NotFound => target.Fail(() => new HostNotFoundException("cattle-0001")),
        Step.Crash => target.Fail(() => new OutOfMemoryException()),
        _ => target,
    };
}
