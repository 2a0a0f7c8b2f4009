namespace Mayhem.Diagnosis;

/// <summary>Checks settings, host.json and queue against each other. Pure.</summary>
public static class Checkup
{
    private static readonly Func<Setup, IEnumerable<Finding>>[] Families =
    [
        LockChecks.Of, DeliveryChecks.Of, DuplicateChecks.Of, LifetimeChecks.Of, LedgerChecks.Of,
        SessionChecks.Of, ShutdownChecks.Of, ConcurrencyChecks.Of, RuleChecks.Of, BreakerChecks.Of, GuardChecks.Of, TargetChecks.Of, ReportChecks.Of, SchedulerChecks.Of,
    ];

    /// <summary>Everything that does not fit, by code; empty for a healthy setup.</summary>
    public static IReadOnlyList<Finding> Of(Setup setup) => [.. Families.SelectMany(family => family(setup))];
}
