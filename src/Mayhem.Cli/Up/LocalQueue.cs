using System.Globalization;
using Mayhem.Functions.Configuration;
using Mayhem.Locks;
using Mayhem.Local.Broker;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Up;

/// <summary>The queue of <c>mayhem up</c>: as <c>infra</c> creates it, but with a short lock, so that renewals can be watched.</summary>
internal static class LocalQueue
{
    /// <summary>How long the queue remembers ids, if nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultDuplicateWindow = TimeSpan.FromHours(2);

    /// <summary>
    /// The queue. Its lock is as long as the app is told by <c>Mayhem:Locks:Duration</c>, and it requires sessions if the app is told so by <c>Mayhem:Queue:Sessions</c>;
    /// a value that the app will refuse counts for nothing here.
    /// </summary>
    /// <param name="configuration">The settings of the app.</param>
    /// <param name="duplicateWindow">How long ids are remembered; zero for no duplicate detection, null for the default.</param>
    public static QueueOptions From(IConfiguration configuration, TimeSpan? duplicateWindow = null)
    {
        var locks = new LockOptions();
        if (TimeSpan.TryParse(configuration["Mayhem:Locks:Duration"], CultureInfo.InvariantCulture, out var duration))
            locks.Duration = duration;
        var accepted = !locks.Problems().Any() && locks.Duration is { } told ? told : new QueueOptions().LockDuration;
        return new QueueOptions
        {
            LockDuration = accepted,
            MaxDeliveryCount = 20,
            DuplicateDetectionWindow = duplicateWindow == TimeSpan.Zero ? null : duplicateWindow ?? DefaultDuplicateWindow,
            DeadLetteringOnMessageExpiration = true,
            RequiresSession = MayhemOptions.From(configuration).Sessions,
        };
    }
}
