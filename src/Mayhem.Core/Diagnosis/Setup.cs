using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Locks;
using Mayhem.Recovery;

namespace Mayhem.Diagnosis;

/// <summary>All facts that the checks are about.</summary>
public sealed record Setup
{
    /// <summary>How the queue is set up.</summary>
    public required QueueFacts Queue { get; init; }

    /// <summary>What host.json says; null if it cannot be used, and then nothing is said about it.</summary>
    public required HostFacts? Host { get; init; }

    /// <summary><c>Mayhem:Locks</c>.</summary>
    public required LockOptions Locks { get; init; }

    /// <summary><c>Mayhem:Retry</c>.</summary>
    public required RecoveryOptions Recovery { get; init; }

    /// <summary><c>Mayhem:Breaker</c>.</summary>
    public required BreakerOptions Breaker { get; init; }

    /// <summary>The guards, by the section that they come from: <c>Mayhem:Guards</c>, and those of groups that have their own.</summary>
    public IReadOnlyList<(string Section, GuardOptions Options)> Guards { get; init; } = [];

    /// <summary>The failure rules in force.</summary>
    public required FailureRules Rules { get; init; }

    /// <summary>The ledger.</summary>
    public required LedgerFacts Ledger { get; init; }

    /// <summary>Grace, settle time and flush limit of <c>Mayhem:Shutdown</c> together.</summary>
    public required TimeSpan Shutdown { get; init; }

    /// <summary>Which functions are enabled.</summary>
    public required FunctionFacts Functions { get; init; }

    /// <summary>The targets of the inventory; empty if there is none.</summary>
    public IReadOnlyList<TargetFacts> Targets { get; init; } = [];

    /// <summary>How failures are told.</summary>
    public ReportFacts Reports { get; init; } = new(DebugMode: false, OnConsole: false, HeadersInTheClear: false);

    /// <summary>Restarts at random.</summary>
    public SchedulerFacts Scheduler { get; init; } = new(Enabled: false, FunctionEnabled: false, "");

    /// <summary>True for an app in Azure, whose host kills the worker some seconds after a stop; false for a run on this machine.</summary>
    public required bool Deployed { get; init; }
}

/// <summary>The properties of a queue. The defaults are Azure's for a queue that was created without naming them.</summary>
public sealed record QueueFacts
{
    /// <summary>How long a lock lasts without renewal.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many deliveries the broker itself dead-letters a message.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long the ids of messages are remembered; null if duplicate detection is off.</summary>
    public TimeSpan? DuplicateWindow { get; init; }

    /// <summary>How long a message lives at most; null for no end.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>True if expired messages are dead-lettered, false if they are dropped.</summary>
    public bool DeadLettersExpired { get; init; }

    /// <summary>True if every message belongs to a session.</summary>
    public bool RequiresSession { get; init; }
}

/// <summary>What host.json says.</summary>
/// <param name="FunctionTimeout">How long one invocation may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
/// <param name="AutoComplete">Whether the host settles messages by itself.</param>
/// <param name="AutoRenewal">For how long the host renews locks by itself; zero for never, <see cref="Timeout.InfiniteTimeSpan"/> for always.</param>
/// <param name="Prefetch">How many messages are received ahead of their turn.</param>
/// <param name="ConcurrentCalls">How many messages are processed at the same time.</param>
public sealed record HostFacts(TimeSpan FunctionTimeout, bool AutoComplete, TimeSpan AutoRenewal, int Prefetch, int ConcurrentCalls)
{
    /// <summary>How many messages of one session are processed at the same time.</summary>
    public int CallsPerSession { get; init; } = 1;

    /// <summary>How long a session is kept without messages.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>The functions. One is for queues with sessions, the other for those without.</summary>
/// <param name="Plain">True if the function for queues without sessions is enabled.</param>
/// <param name="InSession">True if the function for queues with sessions is enabled.</param>
/// <param name="PlainKey">The setting that disables the first.</param>
/// <param name="InSessionKey">The setting that disables the second.</param>
public sealed record FunctionFacts(bool Plain, bool InSession, string PlainKey, string InSessionKey);

/// <summary>The ledger.</summary>
/// <param name="InMemory">True if it is forgotten when the process ends.</param>
/// <param name="Restarts">True if hosts are really restarted, so that forgetting a request can restart its host twice.</param>
/// <param name="Retention">How long an ended request is remembered at least.</param>
public sealed record LedgerFacts(bool InMemory, bool Restarts, TimeSpan Retention)
{
    /// <summary>True if all instances have it in common.</summary>
    public bool IsShared { get; init; }
}

/// <summary>A target of the inventory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LongestWatch">How long one restart may be watched at most.</param>
/// <param name="IsDryRun">True if restarts are recorded, but not done.</param>
public sealed record TargetFacts(string Name, TimeSpan LongestWatch, bool IsDryRun);

/// <summary>Restarts at random.</summary>
/// <param name="Enabled"><c>Mayhem:Scheduler:Enabled</c>.</param>
/// <param name="FunctionEnabled">True if the function that publishes them is enabled.</param>
/// <param name="FunctionKey">The setting that disables it.</param>
public sealed record SchedulerFacts(bool Enabled, bool FunctionEnabled, string FunctionKey);

/// <summary>How failures are told.</summary>
/// <param name="DebugMode">True if everything is shown.</param>
/// <param name="OnConsole">True if reports are written to the console in full.</param>
/// <param name="HeadersInTheClear">True if the webhook is given headers, and reached without TLS on another machine.</param>
public sealed record ReportFacts(bool DebugMode, bool OnConsole, bool HeadersInTheClear);
