using System.Globalization;
using Mayhem.Locks;
using Mayhem.Local.Broker;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Up;

/// <summary>The queue of <c>mayhem up</c>: as <c>infra</c> creates it, but with a short lock, so that renewals can be watched.</summary>
internal static class LocalQueue
{
    /// <summary>The queue. Its lock is as long as the app is told by <c>Mayhem:Locks:Duration</c>; a value that the app will refuse counts for nothing here.</summary>
    public static QueueOptions From(IConfiguration configuration)
    {
        var locks = new LockOptions();
        if (TimeSpan.TryParse(configuration["Mayhem:Locks:Duration"], CultureInfo.InvariantCulture, out var duration))
            locks.Duration = duration;
        var accepted = !locks.Problems().Any() && locks.Duration is { } told ? told : new QueueOptions().LockDuration;
        return new QueueOptions
        {
            LockDuration = accepted, MaxDeliveryCount = 20, DuplicateDetectionWindow = TimeSpan.FromHours(2), DeadLetteringOnMessageExpiration = true,
        };
    }
}
