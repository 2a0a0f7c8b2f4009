using System.Net.Http;
using Mayhem.Restarts;
using Mayhem.Targets.Inventory;

namespace Mayhem.Targets.Health;

/// <summary>
/// Waits until a host is back, for whoever has restarted it may call that done before the host has even gone down. Only a boot time
/// tells the system that was restarted from the one before; without it, two good answers in a row must do.
/// </summary>
/// <param name="entry">The part of the inventory that the host is in.</param>
/// <param name="http">Asks the hosts.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class HostVerification(InventoryEntry entry, HttpClient http, TimeProvider timeProvider)
{
    private const int EnoughGoodAnswers = 2;

    // The clocks of hosts are not ours.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the host is back, at once if no probe is configured.</summary>
    /// <param name="host">The host.</param>
    /// <param name="intentAt">It must have booted after this time.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="RestartFailedException">It is not back in time.</exception>
    public async Task UntilBackAsync(string host, DateTimeOffset intentAt, CancellationToken cancellationToken)
    {
        if (entry.Health is not { } probe)
            return;
        var url = entry.ExpandUrl(probe.Url, host);
        var began = timeProvider.GetTimestamp();
        var good = 0;
        while (true)
        {
            var answer = await HealthAnswer.AskAsync(http, url, probe.BootTimeProperty, cancellationToken);
            var fault = answer.Fault ?? (answer.BootedAt < intentAt - Skew ? $"it has been up since {answer.BootedAt:u}, which is before the restart" : null);
            good = fault is null ? good + 1 : 0;
            if (good >= EnoughGoodAnswers || (good > 0 && answer.BootedAt is not null))
                return;
            if (timeProvider.GetElapsedTime(began) >= probe.Limit)
                throw new RestartFailedException($"'{host}' was restarted, but is not back after {probe.Limit}: {fault ?? "it answers by turns"}.");
            await Task.Delay(probe.Interval, timeProvider, cancellationToken);
        }
    }
}
