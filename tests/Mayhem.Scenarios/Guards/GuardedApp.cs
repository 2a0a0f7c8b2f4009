using Mayhem.Guards;
using Mayhem.Local.Broker;

namespace Mayhem.Scenarios.Guards;

/// <summary>The application with guards for its only group, <c>web</c>. The clock starts on Friday, 2026-11-20, at noon.</summary>
internal static class GuardedApp
{
    public static Task<MayhemApp> StartAsync(params (string Key, string Value)[] guards) =>
        MayhemApp.StartAsync(MayhemAppOptions.With([("Mayhem:Groups:web", "web-*"), .. guards.Select(guard => ($"Mayhem:Guards:Groups:web:{guard.Key}", guard.Value))]));

    /// <summary>The only dead letter.</summary>
    public static BrokeredMessage Dead(MayhemApp app) => Assert.Single(app.DeadLetters());

    public static string Description(BrokeredMessage dead) => (string)dead.Properties["DeadLetterErrorDescription"];

    /// <summary>What is on record of the refusals of a request.</summary>
    public static async Task<RefusalRecord> RefusalAsync(MayhemApp app, string requestId, Guard guard) => Assert.Single(
        await app.Ledger.ListRefusalsAsync(CancellationToken.None).ToListAsync(),
        record => string.Equals(record.Last.RequestId, requestId, StringComparison.Ordinal) && record.Last.Decision.Guard == guard);

    /// <summary>When the message that waits is due.</summary>
    public static async Task<DateTimeOffset> DueAsync(MayhemApp app)
    {
        await app.HappensAsync(() => app.Queue.Counts is { Scheduled: 1, Active: 0, Locked: 0 } && app.Host.InFlight == 0, "the message waits");
        return Assert.Single(app.Messages()).Content.ScheduledFor!.Value;
    }
}
