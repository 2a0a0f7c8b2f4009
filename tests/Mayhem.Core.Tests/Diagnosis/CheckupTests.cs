using Mayhem.Breakers;
using Mayhem.Diagnosis;
using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Recovery;

namespace Mayhem.Core.Tests.Diagnosis;

public class CheckupTests
{
    private static readonly QueueFacts Queue = Healthy.Setup.Queue;
    private static readonly HostFacts Host = Healthy.Setup.Host!;

    [Fact]
    public void Of_HealthySetup_FindsNothing() => Assert.Empty(Checkup.Of(Healthy.Setup));

    [Fact]
    public void Of_UnreadableHostJson_SaysNothingAboutTheHost() => Assert.Empty(Checkup.Of(Healthy.Setup with { Host = null }));

    [Theory]
    [InlineData(61, Severity.Error)]
    [InlineData(59, Severity.Warning)]
    public void Locks_OtherDurationThanTheQueues_WeighsMoreIfLocksCanBeLost(int seconds, Severity severity)
    {
        var finding = Healthy.Only(Healthy.Setup with { Locks = new LockOptions { Duration = TimeSpan.FromSeconds(seconds) } });

        Assert.Equal(("MH101", severity, "Mayhem:Locks:Duration"), (finding.Code, finding.Severity, finding.Key));
        Assert.Contains("00:01:00", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Locks_DurationLeftToTheDelivery_IsFine() => Assert.Empty(Checkup.Of(Healthy.Setup with { Locks = new LockOptions() }));

    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(-1)]
    public void Locks_HostThatRenewsToo_IsAnError(int milliseconds) =>
        AssertOnly("MH102", Severity.Error, Healthy.With(Host with { AutoRenewal = TimeSpan.FromMilliseconds(milliseconds) }));

    [Fact]
    public void Locks_PrefetchThatOutlivesTheLock_IsWarnedOf()
    {
        // Twelve rounds of 5 s are as long as the lock, thirteen are longer.
        Assert.Empty(Checkup.Of(Healthy.With(Host with { Prefetch = 12 * 32 })));
        AssertOnly("MH103", Severity.Warning, Healthy.With(Host with { Prefetch = (12 * 32) + 1 }));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Locks_HandlingAsLongAsTheHostsTimeout_IsAnError(int minutes, bool found) =>
        AssertFound("MH104", Severity.Error, found, Healthy.With(Host with { FunctionTimeout = TimeSpan.FromMinutes(minutes) }));

    [Fact]
    public void Locks_HostWithoutTimeout_IsFine() => Assert.Empty(Checkup.Of(Healthy.With(Host with { FunctionTimeout = Timeout.InfiniteTimeSpan })));

    [Fact]
    public void Delivery_AutoComplete_IsAnError() => AssertOnly("MH201", Severity.Error, Healthy.With(Host with { AutoComplete = true }));

    [Theory]
    [InlineData(3, "MH202", Severity.Error)]
    [InlineData(4, "MH203", Severity.Warning)]
    [InlineData(7, "MH203", Severity.Warning)]
    public void Delivery_FewDeliveries_LeaveNoRoomForCrashesAndDrains(int most, string code, Severity severity) =>
        AssertOnly(code, severity, Healthy.With(Queue with { MaxDeliveryCount = most }));

    [Fact]
    public void Delivery_RoomForCrashesAndDrains_IsFine() => Assert.Empty(Checkup.Of(Healthy.With(Queue with { MaxDeliveryCount = 8 })));

    [Fact]
    public void Duplicates_DetectionOff_IsNoted() => AssertOnly("MH301", Severity.Note, Healthy.With(Queue with { DuplicateWindow = null }));

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Duplicates_WindowShorterThanTheDeadline_IsWarnedOf(int minutes, bool found) =>
        AssertFound("MH302", Severity.Warning, found, Healthy.With(Queue with { DuplicateWindow = TimeSpan.FromMinutes(minutes) }));

    [Fact]
    public void Duplicates_WindowShorterThanOneDelay_NamesTheRule()
    {
        var setup = Healthy.With(FailureRule.Retry(typeof(TimeoutException), RetryDelay.Fixed(TimeSpan.FromMinutes(20)), maxAttempts: 2));
        setup = setup with { Queue = Queue with { DuplicateWindow = TimeSpan.FromMinutes(10) } };

        AssertOnly("MH303", Severity.Warning, setup);
        Assert.Contains("System.TimeoutException", Healthy.Only(setup).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Lifetime_NotLongerThanTheDeadline_IsWarnedOf(int minutes, bool found) =>
        AssertFound("MH401", Severity.Warning, found, Healthy.With(Queue with { TimeToLive = TimeSpan.FromMinutes(minutes) }));

    [Fact]
    public void Lifetime_WithoutEnd_IsFine() => Assert.Empty(Checkup.Of(Healthy.With(Queue with { TimeToLive = null })));

    [Fact]
    public void Lifetime_ExpiredMessagesDropped_IsWarnedOf() => AssertOnly("MH402", Severity.Warning, Healthy.With(Queue with { DeadLettersExpired = false }));

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Ledger_InMemoryWhereHostsAreRestarted_IsAnError(bool inMemory, bool restarts, bool found) =>
        AssertFound("MH501", Severity.Error, found, Healthy.Setup with { Ledger = Healthy.Setup.Ledger with { InMemory = inMemory, Restarts = restarts } });

    [Theory]
    [InlineData(79, true)]
    [InlineData(80, false)]
    public void Ledger_ForgetsBeforeTheLastDelivery_IsAnError(int minutes, bool found) =>
        AssertFound("MH502", Severity.Error, found, Healthy.Setup with { Ledger = Healthy.Setup.Ledger with { Retention = TimeSpan.FromMinutes(minutes) } });

    [Theory]
    [InlineData(true, true, false, "MH601")]
    [InlineData(false, false, true, "MH602")]
    [InlineData(true, true, true, "MH603")]
    [InlineData(false, true, true, "MH603")]
    [InlineData(true, false, false, "MH604")]
    [InlineData(false, false, false, "MH604")]
    public void Sessions_QueueAndFunctionsDisagree_IsAnError(bool queue, bool plain, bool inSession, string code)
    {
        var setup = queue ? Healthy.SessionQueue : Healthy.Setup;
        AssertOnly(code, Severity.Error, setup with { Functions = setup.Functions with { Plain = plain, InSession = inSession } });
    }

    [Fact]
    public void Sessions_QueueAndFunctionsAgree_IsFine() => Assert.Empty(Checkup.Of(Healthy.SessionQueue));

    [Fact]
    public void Sessions_SeveralCallsOfOneSession_IsAnError() =>
        AssertOnly("MH605", Severity.Error, Healthy.SessionQueue with { Host = Healthy.SessionQueue.Host! with { CallsPerSession = 2 } });

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Sessions_IdleForMostOfItsLock_IsWarnedOf(int seconds, bool found) =>
        AssertFound("MH606", Severity.Warning, found, Healthy.SessionQueue with { Host = Healthy.SessionQueue.Host! with { SessionIdle = TimeSpan.FromSeconds(seconds) } });

    [Theory]
    [InlineData(15, false)]
    [InlineData(14, true)]
    public void Sessions_WaitsThatTakeMoreDeliveriesThanThereAre_AreWarnedOf(int minutes, bool found) =>
        AssertFound("MH607", Severity.Warning, found, Healthy.SessionQueue with { Locks = new LockOptions { Duration = Queue.LockDuration, MaxLockDuration = TimeSpan.FromMinutes(minutes) } });

    [Fact]
    public void Sessions_ReorderingAllowed_IsNoted() =>
        AssertOnly("MH608", Severity.Note, Healthy.SessionQueue with { Recovery = new RecoveryOptions { ReorderSessions = true } });

    [Theory]
    [InlineData(5.1, true, true)]
    [InlineData(5, true, false)]
    [InlineData(12, false, false)]
    public void Shutdown_LongerThanTheHostWaits_IsWarnedOfWhereThereIsOne(double seconds, bool deployed, bool found) =>
        AssertFound("MH701", Severity.Warning, found, Healthy.Setup with { Shutdown = TimeSpan.FromSeconds(seconds), Deployed = deployed });

    [Theory]
    [InlineData(15_000, false)]
    [InlineData(15_001, true)]
    public void Concurrency_MoreRenewalsThanServiceBusTakes_IsWarnedOf(int calls, bool found) =>
        AssertFound("MH801", Severity.Warning, found, Healthy.With(Host with { ConcurrentCalls = calls }));

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void Concurrency_WaitsInPlaceThatHoldEveryPlace_IsWarnedOf(int calls, bool found) =>
        AssertFound("MH802", Severity.Warning, found, Healthy.With(Host with { ConcurrentCalls = calls }));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Rules_AttemptsThatDoNotFitIntoTheDeadline_NameTheRule(int attempts, bool found)
    {
        var setup = Healthy.With(FailureRule.Retry(typeof(TimeoutException), RetryDelay.Fixed(TimeSpan.FromMinutes(20)), attempts));

        AssertFound("MH901", Severity.Warning, found, setup);
        Assert.All(Checkup.Of(setup), finding => Assert.Equal("Mayhem:Failures:System.TimeoutException", finding.Key));
    }

    [Theory]
    [InlineData(119, false)]
    [InlineData(120, true)]
    public void Rules_DelayLongerThanTheMessageLives_NamesTheRule(int minutes, bool found)
    {
        var setup = Healthy.With(FailureRule.Retry(typeof(TimeoutException), RetryDelay.Fixed(TimeSpan.FromMinutes(minutes)), maxAttempts: 2));
        setup = setup with { Recovery = new RecoveryOptions { Deadline = TimeSpan.FromMinutes(119) }, Queue = Queue with { TimeToLive = TimeSpan.FromHours(2) } };

        Assert.Equal(found, Checkup.Of(setup).Any(finding => finding is { Code: "MH902", Severity: Severity.Warning, Key: "Mayhem:Failures:System.TimeoutException" }));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Targets_WatchedAsLongAsAMessageIsHandled_AreWarnedOf(int minutes, bool found) =>
        AssertFound("MH1101", Severity.Warning, found, Healthy.Setup with { Targets = [new TargetFacts("web", TimeSpan.FromMinutes(minutes), IsDryRun: false)] });

    [Theory]
    [InlineData(true, "Mayhem:Reports:Mode")]
    [InlineData(false, "Mayhem:Reports:Console")]
    public void Reports_OnTheConsoleOfAnAppInAzure_AreWarnedOf(bool debugMode, string key)
    {
        var finding = Healthy.Only(Healthy.Setup with { Reports = new ReportFacts(debugMode, OnConsole: true, HeadersInTheClear: false) });

        Assert.Equal(("MH1201", Severity.Warning, key), (finding.Code, finding.Severity, finding.Key));
    }

    [Fact]
    public void Reports_OnTheConsoleOfThisMachine_AreFine() =>
        Assert.Empty(Checkup.Of(Healthy.Setup with { Deployed = false, Reports = new ReportFacts(DebugMode: true, OnConsole: true, HeadersInTheClear: false) }));

    [Fact]
    public void Reports_WithHeadersByHttp_AreWarnedOf() => AssertOnly(
        "MH1202", Severity.Warning, Healthy.Setup with { Reports = new ReportFacts(DebugMode: false, OnConsole: false, HeadersInTheClear: true) });

    [Theory]
    [InlineData(true, true, true, null)]
    [InlineData(true, false, true, "MH1401")]
    [InlineData(true, false, false, "MH1401")]
    [InlineData(false, true, true, "MH1402")]
    [InlineData(false, true, false, null)]
    public void Scheduler_AndItsFunction_AreSwitchedTogether(bool enabled, bool functionEnabled, bool deployed, string? code)
    {
        var setup = Healthy.Setup with { Scheduler = new SchedulerFacts(enabled, functionEnabled, "schedule-disabled"), Deployed = deployed };

        Assert.Equal(code, Checkup.Of(setup).SingleOrDefault()?.Code);
    }

    [Fact]
    public void Targets_DryRun_IsANoteWithTheirNames()
    {
        var finding = Healthy.Only(Healthy.Setup with { Targets = [new TargetFacts("web", default, IsDryRun: true), new TargetFacts("fleet", default, IsDryRun: false), new TargetFacts("racks", default, IsDryRun: true)] });

        Assert.Equal(("MH1102", Severity.Note), (finding.Code, finding.Severity));
        Assert.Contains("the targets web, racks are", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Breaker_HeldBackForAsLongAsAMessageMayBeTried_IsWarnedOf(int minutes, bool found)
    {
        AssertFound("MH1001", Severity.Warning, found, Healthy.Setup with { Breaker = new BreakerOptions { MaxBreakDuration = TimeSpan.FromMinutes(minutes) } });
        AssertFound("MH1001", Severity.Warning, found, Healthy.Setup with { Breaker = new BreakerOptions { MaxSharedDelay = TimeSpan.FromMinutes(minutes) } });
        Assert.Empty(Checkup.Of(Healthy.Setup with { Breaker = new BreakerOptions { Enabled = false, MaxBreakDuration = TimeSpan.FromMinutes(minutes) } }));
    }

    [Fact]
    public void Breaker_HeldBackForLongerThanAMessageLives_IsWarnedOf() => Assert.Contains(
        Checkup.Of(Healthy.With(Queue with { TimeToLive = TimeSpan.FromMinutes(5) })), finding => finding is { Code: "MH1002", Severity: Severity.Warning, Key: "Mayhem:Breaker:MaxBreakDuration" });

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void Breaker_BreaksThatAreWaitedForInPlace_AreWarnedOf(int seconds, bool found) =>
        AssertFound("MH1003", Severity.Warning, found, Healthy.Setup with { Breaker = new BreakerOptions { BreakDuration = TimeSpan.FromSeconds(seconds) } });

    private static void AssertOnly(string code, Severity severity, Setup setup)
    {
        var finding = Healthy.Only(setup);
        Assert.Equal((code, severity), (finding.Code, finding.Severity));
        Assert.NotEmpty(finding.Remedy);
    }

    private static void AssertFound(string code, Severity severity, bool found, Setup setup)
    {
        if (found)
            AssertOnly(code, severity, setup);
        else
            Assert.Empty(Checkup.Of(setup));
    }
}
