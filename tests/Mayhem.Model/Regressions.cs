using Mayhem.Model.Histories;
using static Mayhem.Model.Histories.Call;
using static Mayhem.Model.Histories.Flaw;
using static Mayhem.Model.Histories.Steps;

namespace Mayhem.Model;

/// <summary>Histories that once went wrong, as short as they could be made, with what they broke.</summary>
public class Regressions
{
    /// <summary>A failure whose copy could not be scheduled was never reported.</summary>
    [Fact]
    public void AFailure_WhoseCopyCannotBeScheduled_IsReported() =>
        Holds(9, [Next(Issue, Fails(Throttled)), Next(Schedule, Fails()), Send(1), Receive]);

    /// <summary>The same, where the lock is lost while the copy is being scheduled.</summary>
    [Fact]
    public void AFailure_WhoseLockIsLostDuringTheSchedule_IsReported() =>
        Holds(3, [Next(Issue, Fails(Throttled)), Next(Schedule, Hangs), Next(Renew, Hangs), Send(1), Receive, Pass(20)]);

    /// <summary>A disk that is full throws one exception for all: only the first message's failure was reported, and other dead letters led to no report.</summary>
    [Fact]
    public void AFullDisk_IsReportedForEachMessage() => Holds(14, [Send(1), Send(2), FillDisk, Receive, Pass(7), Receive, Pass(700)]);

    /// <summary>A process that had been paused for longer than the lock settled all the same, before its renewer had noticed.</summary>
    [Fact]
    public void APausedProcess_DoesNotSettleAfterItsLock() => Holds(3, [Send(1), FillDisk, Receive, Stall(100)]);

    /// <summary>While draining, a delivery whose lock had run out before it was started was abandoned.</summary>
    [Fact]
    public void ADeliveryAheadOfADrain_IsNotAbandonedAfterItsLock() => Holds(16, [Send(1), Prefetch, Pass(20), Drain, Pass(45), Start]);

    /// <summary>A wall clock set back between delivery and start made the lock seem longer than it was, and it ran out unrenewed.</summary>
    [Fact]
    public void AClockSetBackBeforeTheStart_DoesNotLengthenTheLock() => Holds(2, [Send(1), Prefetch, Jump(-700), Next(Issue, Hangs), Start, Pass(20)]);

    /// <summary>A wait that was broken off went on with less than a millisecond left, which timers take for nothing: the processor spun.</summary>
    [Fact]
    public void AWaitThatWasBrokenOff_GoesOnWithoutSpinning() => Holds(8, [Send(1), Next(RecordIntent, Fails()), Receive, Pass(1), Cancel(), Receive]);

    /// <summary>A delivery that lost its lock while the ledger recorded its copy scheduled the copy all the same, beside the next delivery of the original.</summary>
    [Fact]
    public void ALockLostWhileTheCopyIsRecorded_SchedulesNothing() => Holds(
        15, [Send(1), Next(RecordCopy, Hangs), Next(Issue, Hangs), Next(Find, Fails()), Receive, Pass(100), Pass(100), Receive]);

    /// <summary>
    /// A failure before the issue was recorded so late that the next delivery had issued the restart meanwhile: the ledger took that for failed, and would have begun another.
    /// </summary>
    [Fact]
    public void AFailureThatIsRecordedLate_DoesNotUndoTheNextDeliverysIssue() => Holds(
        8, [Send(1), Next(RecordFailed, Hangs), Next(Issue, Fails(Denied)), Next(Watch, Fails()), Receive, Pass(700), Receive]);

    /// <summary>The same, where the next delivery could not tell whether it had issued the restart.</summary>
    [Fact]
    public void AFailureThatIsRecordedLate_DoesNotMakeAnUnclearIssueCertain() => Holds(
        14, [Next(Issue, Fails(RestartFailed)), Next(RecordFailed, Hangs), Next(Issue, FailsAfterwards()), Send(1), Receive, Pass(700), Receive]);

    /// <summary>The model blamed a delivery for a plan that an earlier one, whose lock was lost, recorded after it had asked.</summary>
    [Fact]
    public void ACopyThatIsRecordedLate_DoesNotHoldTheNextDeliveryUp() => Holds(
        5, [Send(1), Next(RecordCopy, Hangs), Next(Watch, HangsAfterwards), Receive, Next(FindCopy, HangsAfterwards), Pass(700), Receive]);

    /// <summary>The model blamed the renewer for a clock that was set back after the delivery, by less than its lock: nobody can see that.</summary>
    [Fact]
    public void AClockSetBackALittleBeforeTheStart_MayCostTheLock() => Holds(14, [Send(1), Prefetch, Next(Watch, Hangs), Jump(-20), Pass(45), Start, Pass(45)]);

    /// <summary>The model forgot that the ledger knows of a restart also when another watcher could not tell how it ended.</summary>
    [Fact]
    public void AnOutcomeThatCannotBeRecorded_IsKnownByItsIssue() => Holds(
        7, [Send(1), Next(Watch, HangsAfterwards), Receive, Next(Watch, Fails(Ambiguous)), Send(1), Next(RecordRestarted, Fails()), Receive, Resume()]);

    private static void Holds(int variant, Step[] steps) => HistoryRun.Holds(new History(new Variant(variant), steps), "A regression");
}
