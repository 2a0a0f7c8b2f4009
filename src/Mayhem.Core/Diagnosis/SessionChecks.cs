namespace Mayhem.Diagnosis;

/// <summary>MH6xx: queue, functions and host must agree about sessions.</summary>
internal static class SessionChecks
{
    private const string Bus = "host.json: extensions.serviceBus.";

    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (OfFunctions(setup.Functions, setup.Queue.RequiresSession) is { } finding)
            yield return finding;
        if (!setup.Queue.RequiresSession)
            yield break;
        if (setup.Host is { CallsPerSession: > 1 } host)
        {
            yield return new Finding(Severity.Error, "MH605", $"{Bus}maxConcurrentCallsPerSession",
                $"{host.CallsPerSession} messages of one session are processed at the same time: their order is lost, and the host forgets a session whose first message has ended while the others still renew its lock.",
                "Set it to 1, or leave it out.");
        }
        if (setup.Host is { AutoRenewal.Ticks: 0, SessionIdle: var idle } && idle > setup.Queue.LockDuration / 2)
        {
            yield return new Finding(Severity.Warning, "MH606", $"{Bus}sessionIdleTimeout",
                $"A session without messages is kept for {idle}, and nobody renews its lock of {setup.Queue.LockDuration} meanwhile: a message that comes late has little of it left, and other hosts wait for the place.",
                "Set it to some seconds, such as \"00:00:02\"; if it is left out, it is tryTimeout.");
        }
        if (setup.Recovery.ReorderSessions)
        {
            yield return new Finding(Severity.Note, "MH608", "Mayhem:Retry:ReorderSessions",
                "A retry after a longer delay is overtaken by the later requests for its host.", "Set it to false to keep the order.");
            yield break;
        }
        if (DeliveriesOfAWait(setup) is var most && most >= setup.Queue.MaxDeliveryCount)
        {
            yield return new Finding(Severity.Warning, "MH607", "maxDeliveryCount",
                $"A message of a session may wait {setup.Recovery.Deadline} (Mayhem:Retry:Deadline) and is given back after each half of Mayhem:Locks:MaxLockDuration, {setup.Locks.MaxLockDuration}: up to {most} deliveries, but the queue gives it up after {setup.Queue.MaxDeliveryCount}.",
                $"Set the queue's maxDeliveryCount above {most}, raise Mayhem:Locks:MaxLockDuration, or lower Mayhem:Retry:Deadline.");
        }
    }

    private static Finding? OfFunctions(FunctionFacts functions, bool requiresSession)
    {
        var other = requiresSession ? functions.PlainKey : functions.InSessionKey;
        return (functions.Plain, functions.InSession, requiresSession) switch
        {
            (false, false, _) => new Finding(Severity.Error, "MH604", $"{functions.PlainKey}, {functions.InSessionKey}",
                "Both functions are disabled: no message is received.", $"Set {(requiresSession ? functions.InSessionKey : functions.PlainKey)} to false."),
            (true, true, _) => new Finding(Severity.Error, "MH603", other,
                $"Both functions are enabled. The one for queues {(requiresSession ? "without" : "with")} sessions cannot listen on this queue, and the host tries again and again.",
                $"Set {other} to true in the app settings."),
            (true, false, true) => new Finding(Severity.Error, "MH601", "requiresSession",
                "The queue requires sessions, but the function that receives them is disabled: it cannot receive any message.",
                $"Set Mayhem:Queue:Sessions to true, {functions.PlainKey} to true and {functions.InSessionKey} to false, or use a queue without requiresSession; it cannot be changed on an existing queue."),
            (false, true, false) => new Finding(Severity.Error, "MH602", "requiresSession",
                "The enabled function receives sessions, but the queue has none: it cannot receive any message.",
                $"Set Mayhem:Queue:Sessions to false, {functions.PlainKey} to false and {functions.InSessionKey} to true, or use a queue with requiresSession; it cannot be changed on an existing queue."),
            _ => null,
        };
    }

    // A leg of the wait is given back when the next delay does not fit into it any more, so it may be half empty.
    private static int DeliveriesOfAWait(Setup setup) =>
        (int)Math.Min(100_000, Math.Ceiling(4 * (setup.Recovery.Deadline / setup.Locks.MaxLockDuration))) + setup.Recovery.CrashLimit;
}
