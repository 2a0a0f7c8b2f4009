namespace Mayhem.Diagnosis;

/// <summary>MH7xx: the shutdown against the patience of the Functions host.</summary>
internal static class ShutdownChecks
{
    private static readonly TimeSpan HostWaits = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (!setup.Deployed || setup.Shutdown <= HostWaits)
            yield break;
        yield return new Finding(Severity.Warning, "MH701", "Mayhem:Shutdown:Grace",
            $"Grace, SettleTime and FlushLimit of Mayhem:Shutdown add up to {setup.Shutdown}, but the Functions host in Azure kills the worker {HostWaits} after it told it to stop: what is still in flight then counts as a crash.",
            $"Lower them to {HostWaits} together; the defaults are.");
    }
}
