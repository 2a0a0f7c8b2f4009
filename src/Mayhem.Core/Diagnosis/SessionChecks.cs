namespace Mayhem.Diagnosis;

/// <summary>MH6xx: queue and trigger must agree about sessions.</summary>
internal static class SessionChecks
{
    public static IEnumerable<Finding> Of(Setup setup) => (setup.Queue.RequiresSession, setup.TriggerUsesSessions) switch
    {
        (true, false) =>
        [
            new Finding(Severity.Error, "MH601", "requiresSession", "The queue requires sessions, but the trigger does not receive them: it cannot receive any message.",
                "Use a queue without requiresSession; it cannot be changed on an existing queue."),
        ],
        (false, true) =>
        [
            new Finding(Severity.Error, "MH602", "requiresSession", "The trigger receives sessions, but the queue has none: it cannot receive any message.",
                "Use a queue with requiresSession; it cannot be changed on an existing queue."),
        ],
        _ => [],
    };
}
