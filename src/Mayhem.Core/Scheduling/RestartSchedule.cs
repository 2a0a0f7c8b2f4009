using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mayhem.Messages;

namespace Mayhem.Scheduling;

/// <summary>
/// Which hosts chance restarts in a slot. Pure. At most one in each group; the request's id follows from group and slot, so that whoever asks again, in this instance or another, gets the
/// same request, which is carried out once.
/// </summary>
/// <param name="groups">The groups.</param>
/// <param name="times">The windows.</param>
/// <param name="lots">Chance.</param>
/// <param name="options">Valid ones.</param>
public sealed class RestartSchedule(IReadOnlyList<ScheduledGroup> groups, IRestartTimes times, Func<string, TimeSlot, SlotLot> lots, SchedulerOptions options)
{
    private const string Prefix = "scheduled-";

    /// <summary>The groups.</summary>
    public IReadOnlyList<ScheduledGroup> Groups => groups;

    /// <summary>The requests of a slot.</summary>
    public IReadOnlyList<RestartRequest> RequestsIn(TimeSlot slot) => [.. groups.Select(group => RequestIn(group, slot)).OfType<RestartRequest>()];

    private RestartRequest? RequestIn(ScheduledGroup group, TimeSlot slot) => group.Choose(lots(group.Name, slot)) is { } host && times.AreOpen(host, slot.Start)
        ? new RestartRequest
        {
            RequestId = IdOf(group.Name, slot),
            Host = host,
            Group = group.Name,
            Requester = options.Requester,
            Reason = string.Create(CultureInfo.InvariantCulture, $"Chosen at random, on average every {group.Mean:c} in the group {group.Name}."),
            NotAfter = slot.Start + options.Expiry,
        }
        : null;

    // A group's name may be longer than an id, and hold what an id may not.
    private static string IdOf(string group, TimeSlot slot) =>
        $"{Prefix}{slot}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group.ToUpperInvariant())).AsSpan(0, 8))}";
}
