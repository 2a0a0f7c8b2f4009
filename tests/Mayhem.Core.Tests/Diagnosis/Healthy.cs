using Mayhem.Breakers;
using Mayhem.Diagnosis;
using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Recovery;

namespace Mayhem.Core.Tests.Diagnosis;

/// <summary>A setup with nothing wrong, for tests to spoil in one place.</summary>
internal static class Healthy
{
    public static Setup Setup { get; } = new()
    {
        Queue = new QueueFacts
        {
            LockDuration = TimeSpan.FromMinutes(1), MaxDeliveryCount = 20, DuplicateWindow = TimeSpan.FromHours(2), TimeToLive = TimeSpan.FromDays(7), DeadLettersExpired = true,
        },
        Host = new HostFacts(TimeSpan.FromMinutes(40), AutoComplete: false, AutoRenewal: TimeSpan.Zero, Prefetch: 0, ConcurrentCalls: 32),
        Locks = new LockOptions { Duration = TimeSpan.FromMinutes(1) },
        Recovery = new RecoveryOptions(),
        Breaker = new BreakerOptions(),
        Rules = new FailureRules(DefaultFailureRules.All),
        Ledger = new LedgerFacts(InMemory: false, Restarts: true, TimeSpan.FromDays(7)),
        Shutdown = TimeSpan.FromSeconds(4.75),
        Functions = WithoutSessions,
        Deployed = true,
    };

    public static FunctionFacts WithoutSessions => new(Plain: true, InSession: false, "plain-disabled", "session-disabled");

    public static FunctionFacts WithSessions => WithoutSessions with { Plain = false, InSession = true };

    public static Setup SessionQueue => Setup with
    {
        Queue = Setup.Queue with { RequiresSession = true }, Functions = WithSessions, Host = Setup.Host! with { SessionIdle = TimeSpan.FromSeconds(2) },
    };

    public static Setup With(QueueFacts queue) => Setup with { Queue = queue };

    public static Setup With(HostFacts host) => Setup with { Host = host };

    public static Setup With(params FailureRule[] rules) => Setup with { Rules = new FailureRules([.. DefaultFailureRules.All, .. rules]) };

    public static Finding Only(Setup setup) => Assert.Single(Checkup.Of(setup));
}
