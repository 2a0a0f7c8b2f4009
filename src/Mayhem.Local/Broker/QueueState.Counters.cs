namespace Mayhem.Local.Broker;

/// <summary>What commands have done. Replaying a journal counts nothing.</summary>
internal sealed partial class QueueState
{
    private readonly Dictionary<string, long> deadLetteredBy = new(StringComparer.Ordinal);
    private long accepted;
    private long duplicatesDropped;
    private long delivered;
    private long completed;
    private long abandoned;
    private long deferred;
    private long lockExpired;
    private long expiredDropped;
    private long cancelled;

    public QueueCounters Counters => new()
    {
        Accepted = accepted,
        DuplicatesDropped = duplicatesDropped,
        Delivered = delivered,
        Completed = completed,
        Abandoned = abandoned,
        Deferred = deferred,
        LockExpired = lockExpired,
        ExpiredDropped = expiredDropped,
        Cancelled = cancelled,
        DeadLettered = new Dictionary<string, long>(deadLetteredBy, StringComparer.Ordinal),
    };
}
