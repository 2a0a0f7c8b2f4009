using Mayhem.Guards;

namespace Mayhem.Diagnosis;

/// <summary>MH13xx: guards against the places and times that messages have, the ledger that counts, and the targets that restart.</summary>
internal static class GuardChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        foreach (var (section, options) in setup.Guards)
        {
            var limits = options.LimitsOf("");
            if (!setup.Queue.RequiresSession && options.AskAgainAfter < setup.Recovery.InPlaceLimit)
            {
                yield return new Finding(Severity.Warning, "MH1301", $"{section}:AskAgainAfter",
                    $"Messages that a guard holds back ask again after {options.AskAgainAfter}, which they wait for in place (Mayhem:Retry:InPlaceLimit is {setup.Recovery.InPlaceLimit}): they take the places of maxConcurrentCalls from messages that may pass.",
                    $"Raise {section}:AskAgainAfter to {setup.Recovery.InPlaceLimit} or more, or lower Mayhem:Retry:InPlaceLimit.");
            }
            if (!limits.AreNone && setup.Targets.Where(target => target.LongestWatch > options.LongestRestart).MaxBy(target => target.LongestWatch) is { } slow)
            {
                yield return new Finding(Severity.Warning, "MH1302", $"{section}:LongestRestart",
                    $"A restart counts as under way for {options.LongestRestart} at most, but one of the target '{slow.Name}' is watched for up to {slow.LongestWatch}: until its end is on record, it would not count against the concurrency and the healthy hosts.",
                    $"Raise {section}:LongestRestart to {slow.LongestWatch} or more.");
            }
            if (!limits.AreNone && limits.Horizon > setup.Ledger.Retention)
            {
                yield return new Finding(Severity.Error, "MH1303", section,
                    $"The limits look back {limits.Horizon}, but the ledger remembers {setup.Ledger.Retention}: older restarts are not counted.",
                    $"Shorten the spans under {section}, or raise the ledger's retention.");
            }
            if (!limits.AreNone && setup is { Deployed: true, Ledger.IsShared: false })
            {
                yield return new Finding(Severity.Warning, "MH1304", section,
                    $"The limits ({limits}) are counted by the ledger of each instance for itself: with several instances the group may have several times as many restarts, and a halt stops one instance only.",
                    "Keep the ledger in PostgreSQL (Mayhem:Ledger:Postgres), or allow one instance only.");
            }
            if (options.Window.Length > 0 && setup.Queue.TimeToLive is { } life && life < TimeSpan.FromDays(1))
            {
                yield return new Finding(Severity.Warning, "MH1305", $"{section}:Window",
                    $"Messages wait for the window to open, but live for {life}: those that come too early are dead-lettered as RetryWouldExpire.",
                    "Raise the queue's defaultMessageTimeToLive to more than the window is closed.");
            }
        }
    }
}
