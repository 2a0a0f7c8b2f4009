namespace Mayhem.Guards;

/// <summary>The record of what guards have decided. What they let pass is on record with the intent itself; this is the record of every no.</summary>
public interface IGuardAudit
{
    /// <summary>
    /// Records that a guard said no to a request. The first no of a guard to a request makes the record; further ones count up, and update what they say. Durable when it returns.
    /// </summary>
    ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken);

    /// <summary>Every no on record, in the order of the first time.</summary>
    IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken);
}

/// <summary>A guard says no to a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Host">The host.</param>
/// <param name="Group">The host's group.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Reason">Why they ask; empty if they did not say.</param>
/// <param name="OperationId">The trace in which it was decided; null outside a trace.</param>
/// <param name="Decision">The guard, the rule that decided, and why.</param>
/// <param name="Outcome">What becomes of the message, in a few words: <c>retry at …</c>, <c>dead-letter as Denied</c>.</param>
public sealed record Refusal(string RequestId, string Host, string Group, string Requester, string Reason, string? OperationId, GuardRefusal Decision, string Outcome);

/// <summary>What is on record of one guard's no to one request.</summary>
/// <param name="Last">What it said last.</param>
/// <param name="FirstAt">When it said no first.</param>
/// <param name="LastAt">When it said no last.</param>
/// <param name="Count">How often it said no.</param>
public sealed record RefusalRecord(Refusal Last, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Count)
{
    /// <summary>The record after one more no.</summary>
    public RefusalRecord Again(Refusal refusal, DateTimeOffset at) => this with { Last = refusal, LastAt = at, Count = Count + 1 };
}
