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

    private static void Holds(int variant, Step[] steps) => HistoryRun.Holds(new History(new Variant(variant), steps), "A regression");
}
