using System.Globalization;

namespace Mayhem.Diagnosis;

/// <summary>MH8xx: how many messages are handled at once, against renewals and waits in place.</summary>
internal static class ConcurrencyChecks
{
    // One renewal is one call to Service Bus; a namespace of the Standard tier takes about a thousand operations a second, from all instances.
    private const double MostRenewalsPerSecond = 500;

    public static IEnumerable<Finding> Of(Setup setup)
    {
        const string key = "host.json: extensions.serviceBus.maxConcurrentCalls";
        if (setup.Host is not { } host)
            yield break;
        var renewals = host.ConcurrentCalls / (setup.Queue.LockDuration / 2).TotalSeconds;
        if (renewals > MostRenewalsPerSecond)
        {
            yield return new Finding(Severity.Warning, "MH801", key,
                string.Create(CultureInfo.InvariantCulture, $"{host.ConcurrentCalls} messages at once with a lock of {setup.Queue.LockDuration} need up to {renewals:0} renewals a second from each instance: Service Bus throttles them, and locks are lost."),
                "Lower maxConcurrentCalls, or lengthen the queue's lockDuration and Mayhem:Locks:Duration with it.");
        }
        if (setup.Recovery.InPlaceLimit.TotalSeconds > host.ConcurrentCalls)
        {
            yield return new Finding(Severity.Warning, "MH802", "Mayhem:Retry:InPlaceLimit",
                $"{host.ConcurrentCalls} failing messages that wait {setup.Recovery.InPlaceLimit} in place hold all {host.ConcurrentCalls} places of maxConcurrentCalls, and an instance then takes less than one message a second.",
                "Lower Mayhem:Retry:InPlaceLimit, so that waiting messages become scheduled copies, or raise maxConcurrentCalls.");
        }
    }
}
