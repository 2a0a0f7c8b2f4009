namespace Mayhem.Diagnosis;

/// <summary>MH2xx: who decides that a message is given up or done.</summary>
internal static class DeliveryChecks
{
    // Every stop of an instance may abandon a message once, and scaling in stops instances.
    private const int RoomForDrains = 5;

    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup.Host is { AutoComplete: true })
        {
            yield return new Finding(Severity.Error, "MH201", "host.json: extensions.serviceBus.autoCompleteMessages",
                "The host completes every message whose function returns, also one that Mayhem has left for another delivery: such a message is lost.",
                "Set it to false; if it is left out, it is true.");
        }

        var (most, crashes) = (setup.Queue.MaxDeliveryCount, setup.Recovery.CrashLimit);
        if (most <= crashes)
        {
            yield return new Finding(Severity.Error, "MH202", "maxDeliveryCount",
                $"The queue gives a message up after {most} deliveries, before Mayhem:Retry:CrashLimit of {crashes} is reached: it becomes MaxDeliveryCountExceeded, without reason or report.",
                $"Set the queue's maxDeliveryCount to {crashes + RoomForDrains} or more, or lower Mayhem:Retry:CrashLimit.");
        }
        else if (most < crashes + RoomForDrains)
        {
            yield return new Finding(Severity.Warning, "MH203", "maxDeliveryCount",
                $"The queue gives a message up after {most} deliveries; Mayhem:Retry:CrashLimit takes {crashes}, which leaves {most - crashes} for deliveries that a stopping instance abandons.",
                $"Set the queue's maxDeliveryCount to {crashes + RoomForDrains} or more.");
        }
    }
}
