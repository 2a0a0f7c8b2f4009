using Mayhem.Cli.Up.Results;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Cli.Tests.Up.Results;

public class SummaryCalculatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Calculate_CompletedAndRestarted_IsNotLost() =>
        Assert.Equal(0, Lost([Root("a") with { Completed = 1 }], Entry("a", RestartState.Restarted)));

    [Fact]
    public void Calculate_CompletedAndIssued_IsNotLost() =>
        Assert.Equal(0, Lost([Root("a") with { Completed = 1 }], Entry("a", RestartState.Issued)));

    [Fact]
    public void Calculate_CompletedAndInNoLedger_IsLost() =>
        Assert.Equal(1, Lost([Root("a") with { Completed = 1 }]));

    [Theory]
    [InlineData(RestartState.Intent)]
    [InlineData(RestartState.Interrupted)]
    [InlineData(RestartState.Failed)]
    public void Calculate_CompletedButNotCarriedOut_IsLost(RestartState state) =>
        Assert.Equal(1, Lost([Root("a") with { Completed = 1 }], Entry("a", state)));

    [Fact]
    public void Calculate_AcceptedAndNowhere_IsLost() => Assert.Equal(1, Lost([Root("a")]));

    [Fact]
    public void Calculate_ExpiredUnseen_IsLost() => Assert.Equal(1, Lost([Root("a") with { Expired = 1 }]));

    [Fact]
    public void Calculate_OneLostAmongMany_IsCountedAlone() =>
        Assert.Equal(1, Lost([.. Enumerable.Range(0, 50).Select(i => Root($"m{i}") with { Completed = 1 })],
            [.. Enumerable.Range(0, 50).Where(i => i != 31).Select(i => Entry($"m{i}", RestartState.Restarted))]));

    [Fact]
    public void Calculate_LiveWithoutEntry_IsQueuedAndNotLost() => Assert.Equal(0, Lost([Root("a") with { Live = 1 }]));

    [Fact]
    public void Calculate_DeadLettered_IsNotLost() => Assert.Equal(0, Lost([Root("a") with { DeadLettered = ["Poison"] }]));

    [Fact]
    public void Calculate_DeadLetterTakenOutByAnOperator_IsNotLost() => Assert.Equal(0, Lost([Root("a") with { Resolved = 1 }]));

    [Fact]
    public void Calculate_DuplicateUnderAnotherMessageId_IsFoundByItsCorrelation() =>
        Assert.Equal(0, Lost([Root("a-again-2") with { CorrelationId = "a", Completed = 1 }], Entry("a", RestartState.Restarted)));

    [Fact]
    public void Calculate_WithoutCorrelation_IsFoundByItsRoot() =>
        Assert.Equal(0, Lost([Root("a") with { CorrelationId = null, Completed = 1 }], Entry("a", RestartState.WouldRestart)));

    [Fact]
    public void Calculate_RestartsOfAnEarlierRun_AreNotOfThisOne()
    {
        var summary = SummaryCalculator.Calculate(Records([],
            Entry("old", RestartState.Restarted) with { EndedAt = Start.AddSeconds(-1) },
            Entry("new", RestartState.Restarted) with { EndedAt = Start.AddSeconds(1) },
            Entry("failed", RestartState.Failed) with { EndedAt = Start.AddSeconds(1) }));

        Assert.Equal(1, summary.Restarted);
    }

    [Fact]
    public void Calculate_DuplicatesOfBrokerAndLedger_AreAdded()
    {
        var records = Records([]) with { Queue = new QueueCounters { DuplicatesDropped = 2 } };

        var summary = SummaryCalculator.Calculate(records with { Counts = Counts(ProcessingEvent.DuplicateSuppressed, 3) });

        Assert.Equal(5, summary.DuplicatesSuppressed);
    }

    [Fact]
    public void Calculate_RestartWhoseOutcomeCouldNotBeRecorded_IsNoDuplicate()
    {
        var records = Records([], Entry("a", RestartState.Issued)) with { Counts = Counts(ProcessingEvent.Restarted, 1) };

        Assert.Equal(0, SummaryCalculator.Calculate(records).DuplicatesSuppressed);
    }

    [Fact]
    public void Calculate_DryRun_CountsWhatWouldRestart()
    {
        var summary = SummaryCalculator.Calculate(Records([], Entry("a", RestartState.WouldRestart), Entry("b", RestartState.WouldRestart)));

        Assert.Equal((0, 2), (summary.Restarted, summary.WouldRestart));
    }

    [Fact]
    public void Calculate_Queued_IsEverythingThatWaits() =>
        Assert.Equal(10, SummaryCalculator.Calculate(Records([]) with { Depths = new QueueCounts(1, 2, 3, 4, 99) }).Queued);

    [Fact]
    public void ToJson_IsOneLineInCamelCase()
    {
        var records = Records([]) with { Queue = new QueueCounters { DeadLettered = new Dictionary<string, long>(StringComparer.Ordinal) { ["Poison"] = 2, [""] = 1 } } };

        var json = SummaryCalculator.Calculate(records).ToJson();

        Assert.Equal(
            """{"published":0,"distinctRequests":0,"restarted":0,"wouldRestart":0,"duplicatesSuppressed":0,"retriedNow":0,"retriedLater":0,"postponed":0,"saveFailuresTolerated":0"""
            + ""","locksRenewed":0,"locksLost":0,"deadLettered":{"Poison":2,"(no reason)":1},"abandoned":0,"reports":0,"queued":0,"lost":0,"rejected":0,"seed":7,"seconds":1.5}""",
            json);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 2)]
    [InlineData(1, 1, 1)]
    public void Of_Summary_TellsALossFirst(int lost, int rejected, int exitCode) =>
        Assert.Equal(exitCode, ExitCodes.Of(SummaryCalculator.Calculate(Records([])) with { Lost = lost, Rejected = rejected }));

    private static long Lost(AuditedRoot[] roots, params LedgerEntry[] entries) => SummaryCalculator.Calculate(Records(roots, entries)).Lost;

    private static RunRecords Records(AuditedRoot[] roots, params LedgerEntry[] entries) => new()
    {
        StartedAt = Start, Elapsed = TimeSpan.FromSeconds(1.5), Seed = 7, Published = 0, DistinctRequests = 0, Rejected = 0,
        Counts = Counts(ProcessingEvent.Received, 0), Queue = new QueueCounters(), Depths = new QueueCounts(0, 0, 0, 0, 0),
        Audit = roots, Ledger = entries,
    };

    private static Dictionary<ProcessingEvent, long> Counts(ProcessingEvent counted, long count) =>
        Enum.GetValues<ProcessingEvent>().ToDictionary(happened => happened, happened => happened == counted ? count : 0L);

    private static AuditedRoot Root(string id) => new() { RootId = id, CorrelationId = id, AcceptedAt = Start };

    private static LedgerEntry Entry(string requestId, RestartState state) => new()
    {
        RequestId = requestId, Host = "h", State = state, Attempts = 1, Owner = "me", IntentAt = Start, EndedAt = Start,
    };
}
