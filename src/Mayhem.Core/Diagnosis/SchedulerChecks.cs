namespace Mayhem.Diagnosis;

/// <summary>MH14xx: restarts at random, and the function that publishes them.</summary>
internal static class SchedulerChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup.Scheduler is { Enabled: true, FunctionEnabled: false } idle)
        {
            yield return new Finding(Severity.Warning, "MH1401", idle.FunctionKey,
                $"Mayhem:Scheduler:Enabled is true, but {idle.FunctionKey} is true as well: no host is chosen.", $"Set {idle.FunctionKey} to false.");
        }
        if (setup is { Deployed: true, Scheduler: { Enabled: false, FunctionEnabled: true } busy })
        {
            yield return new Finding(Severity.Warning, "MH1402", busy.FunctionKey,
                "Mayhem:Scheduler:Enabled is false, but its function is enabled: the timer wakes the app every minute for nothing, which costs.",
                $"Set {busy.FunctionKey} to true, or Mayhem:Scheduler:Enabled.");
        }
    }
}
