using Mayhem.Guards;
using Mayhem.Messages;

namespace Mayhem.Ledger;

/// <summary>What somebody intends to do, and within which limits.</summary>
/// <param name="Request">The request to carry out.</param>
/// <param name="Limits">The limits of the host's group; null for none, in the group that the request names.</param>
/// <param name="DryRun">True if nothing will be restarted: the limits are asked all the same, but nothing is taken of them.</param>
/// <param name="OperationId">The trace in which this is decided; null outside a trace.</param>
/// <param name="Known">The failures of the message that this rests on; null if it had no earlier delivery, so that there can be no others.</param>
public readonly record struct RestartIntent(RestartRequest Request, RestartLimits? Limits = null, bool DryRun = false, string? OperationId = null, KnownFailures? Known = null)
{
    /// <summary>The group to put on record.</summary>
    public string Group => Limits?.Group ?? Request.Group;

    /// <summary>The record of it: with who asks, and why, where limits are in force, for then it is part of their audit.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="owner">Who acts.</param>
    /// <param name="at">When.</param>
    /// <param name="refusal">Why the attempt must not be issued; null if it may, and takes what it needs of the limits.</param>
    internal LedgerRecord.Intent ToRecord(int attempt, string owner, DateTimeOffset at, GuardRefusal? refusal)
    {
        var record = new LedgerRecord.Intent(Request.RequestId, Request.Host, Group, attempt, owner, at, OperationId);
        return Limits is { AreNone: false } limits
            ? record with { Limits = limits.ToString(), TakesLimits = !DryRun && refusal is null, Requester = Request.Requester, Reason = Request.Reason }
            : record;
    }
}
