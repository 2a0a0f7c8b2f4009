using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

public sealed class MessageProcessorTests : IDisposable
{
    private readonly ProcessorBench bench = new();

    [Fact]
    public async Task Process_ARequest_RestartsAndCompletes()
    {
        var result = await bench.RunAsync();
        Assert.Equal(new Verdict.Complete("restarted"), result.Verdict);
        Assert.Equal((1, 1L), (bench.Target.Restarts, bench.Counters[ProcessingEvent.Restarted]));
        Assert.Empty(bench.Reports);
    }

    [Fact]
    public async Task Process_SameRequestInAnotherMessage_CompletesWithoutActing()
    {
        await bench.RunAsync();
        Assert.Equal(new Verdict.Complete("carried out before"), (await bench.RunAsync(Some.Delivery("another-message"))).Verdict);
        Assert.Equal(1, bench.Target.Restarts);
    }

    [Fact]
    public async Task Process_FailsOnce_IsRetriedInPlaceAndReportedOnce()
    {
        bench.Target.Fail(() => new RestartFailedException("no"));
        await bench.RunAsync();
        Assert.Equal((1, 1L, 0), (bench.Target.Restarts, bench.Counters[ProcessingEvent.RetriedNow], bench.Queue.Copies.Count));
        var report = Assert.Single(bench.Reports);
        Assert.Equal((ReportKind.Retry, "cattle-0001", "1"), (report.Kind, report.Domain["host"], report.Domain["attempt"]));
    }

    [Fact]
    public async Task Process_Throttled_IsRetriedByACopyWhenTheExceptionSays()
    {
        bench.Target.Fail(() => new RestartThrottledException("slow down", TimeSpan.FromSeconds(90)));
        await bench.RunAsync();
        var copy = Assert.Single(bench.Queue.Copies);
        Assert.Equal(("r-1:7:r1", Some.Now.AddSeconds(90)), (copy.MessageId, copy.DueAt));
        Assert.Equal(["r-1", "r-1:7:r1"], bench.Queue.Completed);
        Assert.Equal(1, bench.Target.Restarts);
    }

    [Fact]
    public async Task Process_DiesBetweenScheduleAndComplete_GoesOnWithTheCopyAndTriesNothing()
    {
        bench.Target.Fail(() => new RestartThrottledException("slow down", TimeSpan.FromSeconds(90)));
        bench.Queue.Send(Some.Delivery());
        bench.Queue.RefusesCompletion = true;
        await bench.ProcessNextAsync();
        bench.Queue.RefusesCompletion = false;

        await bench.ProcessNextAsync();
        Assert.Equal((1, 2), (bench.Target.Calls, bench.Queue.Copies.Count));
        Assert.Equal(bench.Queue.Copies[0].Properties, bench.Queue.Copies[1].Properties);
        Assert.Equal((bench.Queue.Copies[0].MessageId, bench.Queue.Copies[0].DueAt), (bench.Queue.Copies[1].MessageId, bench.Queue.Copies[1].DueAt));

        await bench.ProcessNextAsync();
        Assert.True(bench.Queue.IsEmpty);
        Assert.Equal((2, 1), (bench.Target.Calls, bench.Target.Restarts));
    }

    [Fact]
    public async Task Process_AlwaysFails_IsDeadLetteredWhenTheBudgetIsUsedUp()
    {
        for (var attempt = 0; attempt < 10; attempt++)
            bench.Target.Fail(() => new RestartFailedException("never"));
        await bench.RunAsync();
        var dead = Assert.Single(bench.Queue.DeadLetters);
        Assert.Equal(("RetriesExhausted", 4, 4), (dead.Reason, dead.Properties[MessageProperties.Attempt], bench.Target.Calls));
        Assert.Equal([ReportKind.Retry, ReportKind.Retry, ReportKind.Retry, ReportKind.Final], bench.Reports.Select(report => report.Kind));
        Assert.Equal(dead.Properties[MessageProperties.ReportId], bench.Reports[^1].Id);
    }

    [Fact]
    public async Task Process_NotARequest_IsDeadLetteredAtOnceWithTheFieldNamed()
    {
        await bench.RunAsync(Some.Delivery(body: """{"version":1}"""));
        var dead = Assert.Single(bench.Queue.DeadLetters);
        Assert.Equal("Poison", dead.Reason);
        Assert.StartsWith("The body is not a restart request: requestId is missing. (attempt 1, report ", dead.Description, StringComparison.Ordinal);
        Assert.Equal(FailureClass.Poison, Assert.Single(bench.Reports).Class);
    }

    [Fact]
    public async Task Process_NotAfterHasPassed_IsDeadLetteredAsStale()
    {
        await bench.RunAsync(Some.Delivery(body: Some.Body(more: ""","notAfter":"2026-11-20T11:59:59Z" """)));
        Assert.Equal(("Stale", 0), (Assert.Single(bench.Queue.DeadLetters).Reason, bench.Target.Calls));
    }

    [Fact]
    public async Task Process_SavingFails_IsToleratedCountedAndReported()
    {
        bench.Saving = () => throw new IOException("disk full");
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync()).Verdict);
        Assert.Equal((1L, ReportKind.Tolerated), (bench.Counters[ProcessingEvent.SaveFailureTolerated], Assert.Single(bench.Reports).Kind));
    }

    [Fact]
    public async Task Process_SavingHangs_IsToleratedAfterItsLimit()
    {
        bench.Saving = () => new TaskCompletionSource().Task;
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync()).Verdict);
        Assert.IsType<TimeoutException>(Assert.Single(bench.Reports).Exception);
    }

    [Fact]
    public async Task Process_RestartAndSavingFail_BothAreTold()
    {
        bench.Saving = () => throw new IOException("disk full");
        bench.Target.Fail(() => new HostNotFoundException("cattle-0001"));
        await bench.RunAsync();
        Assert.Equal("Fatal:HostNotFoundException", Assert.Single(bench.Queue.DeadLetters).Reason);
        Assert.Equal([ReportKind.Tolerated, ReportKind.Final], bench.Reports.Select(report => report.Kind));
    }

    [Fact]
    public async Task Process_ActedAndThenUnclear_AsksTheTargetInsteadOfRestartingAgain()
    {
        bench.Target.Fail(() => new AmbiguousRestartException("connection lost"), afterActing: true);
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync()).Verdict);
        Assert.Equal((1, 1), (bench.Target.Restarts, bench.Target.Calls));
    }

    [Fact]
    public async Task Process_WatchingTimesOut_GoesOnWatchingTheSameRestart()
    {
        var first = true;
        bench.Target.Watch = _ =>
        {
            (first, var fails) = (false, first);
            return fails ? throw new TimeoutException("no answer yet") : Task.CompletedTask;
        };
        await bench.RunAsync();
        Assert.Equal((1, 2), (bench.Target.Restarts, bench.Target.Watches));
    }

    [Fact]
    public async Task Process_Draining_AbandonsAtOnceAndStartsNothing()
    {
        await bench.Gate.DrainAsync(TimeSpan.Zero, CancellationToken.None);
        bench.Queue.Send(Some.Delivery());
        Assert.Equal(new Verdict.Abandon("stopping"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal(0, bench.Target.Calls);
        Assert.Equal(1, bench.Queue.Receive()!.Value.Delivery.Properties[MessageProperties.Abandons]);
    }

    [Fact]
    public async Task Process_InvocationCancelled_AbandonsWithoutAttemptOrReport()
    {
        using var invocation = new CancellationTokenSource();
        bench.Target.Hang();
        bench.Queue.Send(Some.Delivery());
        var result = await bench.ProcessNextAsync(_ => invocation.Cancel(), invocation.Token);
        Assert.Equal(new Verdict.Abandon("stopping"), result!.Verdict);
        Assert.Empty(bench.Reports);
        Assert.Equal(1, MessageProgress.Of(bench.Queue.Receive()!.Value.Delivery).Attempt);
    }

    [Fact]
    public async Task Process_LockCannotBeRenewed_CancelsTheHandlerAndTouchesNothing()
    {
        bench.Target.Hang();
        bench.Queue.RefusesRenewal = true;
        bench.Queue.Send(Some.Delivery());
        Assert.Equal(new Verdict.HandsOff("the lock is lost"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Empty(bench.Queue.Violations);
        Assert.Equal((1, 1L), (await bench.Ledger.CountUnsettledAsync("r-1#7", CancellationToken.None), bench.Counters[ProcessingEvent.LockLost]));
    }

    [Fact]
    public async Task Process_LockExpiredAtEntry_DoesNotStart()
    {
        var (_, actions) = Received();
        var result = await bench.Processor.ProcessAsync(Some.Delivery() with { LockedUntil = Some.Now }, actions, CancellationToken.None);
        Assert.Equal((new Verdict.HandsOff("the lock had expired before the work began"), 0), (result.Verdict, bench.Target.Calls));
    }

    [Fact]
    public async Task Process_HangsBeyondTheCeiling_IsATimeout()
    {
        bench.Target.Hang();
        await bench.RunAsync();
        Assert.Equal((1, "System.TimeoutException"), (bench.Target.Restarts, FailureHistory.Read((string)Assert.Single(bench.Queue.Copies).Properties[MessageProperties.History]).Single().Type));
    }

    [Fact]
    public async Task Process_OutOfMemory_ReportsAbandonsAndEndsTheProcess()
    {
        bench.Target.Fail(() => new InsufficientMemoryException());
        bench.Queue.Send(Some.Delivery());
        Assert.IsType<Verdict.StopProcess>((await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal((ReportKind.ProcessFatal, "System.InsufficientMemoryException"), (Assert.Single(bench.Reports).Kind, Assert.Single(bench.Terminations)));
        var (again, _) = bench.Queue.Receive()!.Value;
        Assert.Equal((2, 1), (again.DeliveryCount, CrashEvidence.Deaths(again, unsettled: 0)));
    }

    [Fact]
    public async Task Process_AnotherDeliveryWhileTheProcessEnds_IsLeftToItsLockAndIsNoDeath()
    {
        bench.Target.Fail(() => new OutOfMemoryException());
        bench.Queue.Send(Some.Delivery());
        var dying = bench.Processor;
        await bench.ProcessNextAsync();
        var (again, actions) = bench.Queue.Receive()!.Value;
        Assert.Equal(new Verdict.HandsOff("the process is ending"), (await dying.ProcessAsync(again, actions, CancellationToken.None)).Verdict);
        var third = bench.Queue.Receive()!.Value.Delivery;
        Assert.Equal((3, 1), (third.DeliveryCount, CrashEvidence.Deaths(third, await bench.Ledger.CountUnsettledAsync("r-1#7", CancellationToken.None))));
    }

    [Fact]
    public async Task Process_ThreeDeathsOfTheProcess_DeadLettersAsHostCrash()
    {
        for (var death = 0; death < 3; death++)
            bench.Target.Fail(() => new OutOfMemoryException());
        await bench.RunAsync();
        var dead = Assert.Single(bench.Queue.DeadLetters);
        Assert.Equal(("HostCrash", 3, 0), (dead.Reason, bench.Terminations.Count, bench.Target.Restarts));
    }

    [Fact]
    public async Task Process_SettlementFails_DoesNotSurfaceAndIsNoCrash()
    {
        bench.Queue.RefusesSettlement = true;
        bench.Queue.Send(Some.Delivery());
        for (var delivery = 0; delivery < 5; delivery++)
            await bench.ProcessNextAsync();
        bench.Queue.RefusesSettlement = false;
        Assert.Equal(new Verdict.Complete("carried out before"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal((1, 5L), (bench.Target.Restarts, bench.Counters[ProcessingEvent.SettlementFailed]));
    }

    [Fact]
    public async Task Process_CopyCannotBeScheduled_LeavesTheOriginalToItsLock()
    {
        bench.Target.Fail(() => new RestartThrottledException("slow down", TimeSpan.FromMinutes(2)));
        bench.Queue.RefusesSettlement = true;
        bench.Queue.Send(Some.Delivery());
        Assert.IsType<Verdict.HandsOff>((await bench.ProcessNextAsync())!.Verdict);
        Assert.False(bench.Queue.IsEmpty);
    }

    public void Dispose() => bench.Dispose();

    private (Delivery, IDeliveryActions) Received()
    {
        bench.Queue.Send(Some.Delivery());
        return bench.Queue.Receive()!.Value;
    }
}
