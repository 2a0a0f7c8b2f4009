using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Messages;

namespace Mayhem.Crash;

/// <summary>What runs have left behind, and whether it keeps the promises.</summary>
/// <param name="Starts">The requests that processes were started for, once for each start.</param>
/// <param name="Claims">The names of the claims that those processes made, each beginning with its request's id.</param>
/// <param name="Ledger">All entries.</param>
/// <param name="Audit">What the broker says became of each message.</param>
/// <param name="Depths">What the queue still holds.</param>
/// <param name="DeadLetters">The dead letters.</param>
internal sealed record Evidence(
    IReadOnlyList<string> Starts, IReadOnlyList<string> Claims, IReadOnlyList<LedgerEntry> Ledger, IReadOnlyList<AuditedRoot> Audit, QueueCounts Depths, IReadOnlyList<BrokeredMessage> DeadLetters)
{
    /// <summary>Every promise that is broken, in a sentence each.</summary>
    /// <param name="sent">Messages that the broker has acknowledged to their sender.</param>
    /// <param name="offered">Messages whose sender was killed: each was accepted, or has never been there.</param>
    /// <param name="copiesMore">How often a copy may have been scheduled twice, without the broker noticing: each then has attempts and an end of its own.</param>
    public IEnumerable<string> Violations(IReadOnlyList<Sent> sent, IReadOnlyList<Sent> offered, int copiesMore)
    {
        if (Depths is not { Active: 0, Locked: 0, Scheduled: 0, Deferred: 0 })
            yield return $"the queue is not empty: {Depths}";
        var accepted = Audit.Select(root => root.RootId).ToHashSet(StringComparer.Ordinal);
        foreach (var message in sent.Where(message => !accepted.Contains(message.MessageId)))
            yield return $"message {message.MessageId} was acknowledged, and the broker knows nothing of it";
        foreach (var request in sent.Concat(offered.Where(message => accepted.Contains(message.MessageId))).DistinctBy(message => message.RequestId))
        {
            foreach (var violation in ViolationsOf(request, copiesMore))
                yield return $"request {request.RequestId}: {violation}";
        }

        var known = sent.Concat(offered).Select(message => message.RequestId).ToHashSet(StringComparer.Ordinal);
        foreach (var stranger in Starts.Concat(Ledger.Select(entry => entry.RequestId)).Where(id => !known.Contains(id)))
            yield return $"request {stranger}: nobody sent it";
        foreach (var unaccepted in offered.Where(message => !accepted.Contains(message.MessageId) && Starts.Contains(message.RequestId)))
            yield return $"request {unaccepted.RequestId}: its host was restarted, though its message was never accepted";
    }

    private IEnumerable<string> ViolationsOf(Sent request, int copiesMore)
    {
        var restarts = Starts.Count(id => id == request.RequestId);
        var entry = Ledger.FirstOrDefault(entry => entry.RequestId == request.RequestId);
        var dead = DeadLetters.Where(letter => letter.Content.CorrelationId == request.RequestId).ToList();
        var reasons = string.Join(", ", copiesMore > 0 ? dead.Select(letter => letter.DeadLetterReason).Distinct(StringComparer.Ordinal) : dead.Select(letter => letter.DeadLetterReason));
        var mostAttempts = request.MostAttempts * (1L + copiesMore);
        if (restarts > 1)
            yield return $"its host was restarted {restarts} times";
        if (entry is not null && entry.Attempts > mostAttempts)
            yield return $"{entry.Attempts} attempts were made, and {mostAttempts} are allowed";
        if (dead.Any(letter => MessageProperties.Number(letter.Properties, MessageProperties.Attempt) > request.MostAttempts))
            yield return $"its dead letter tells of more attempts than {request.MostAttempts}";
        if (reasons != (request.DeadLetterReason ?? ""))
            yield return $"dead-lettered as '{reasons}' instead of '{request.DeadLetterReason}'";
        if (request.DeadLetterReason is not null && restarts > 0)
            yield return "its host was restarted, though it is dead-lettered";
        // A process that was claimed for the request, and ended before it could log, was a restart, too.
        var happened = restarts > 0 || Claims.Any(claim => claim.StartsWith($"{request.RequestId}-", StringComparison.Ordinal));
        if (request.DeadLetterReason is null && (!happened || entry?.State != RestartState.Restarted))
            yield return $"lost: {restarts} restarts, and the ledger says {entry?.State.ToString() ?? "nothing"}";
    }
}
