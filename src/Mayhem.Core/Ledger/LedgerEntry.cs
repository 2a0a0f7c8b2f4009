using Mayhem.Restarts;

namespace Mayhem.Ledger;

/// <summary>How far the restart for one request has come.</summary>
public enum RestartState
{
    /// <summary>Somebody is about to issue the restart.</summary>
    Intent,

    /// <summary>Whoever recorded the intent is gone, or could not tell whether the restart was issued.</summary>
    Interrupted,

    /// <summary>The target has accepted the restart.</summary>
    Issued,

    /// <summary>The last attempt certainly failed; another may follow.</summary>
    Failed,

    /// <summary>The host was restarted. Final.</summary>
    Restarted,

    /// <summary>The host would have been restarted, had this not been a dry run. Final.</summary>
    WouldRestart,
}

/// <summary>What the ledger knows about one request.</summary>
public sealed record LedgerEntry
{
    private RestartState state;
    private DateTimeOffset? issuedAt;
    private DateTimeOffset? endedAt;
    private IssuedRestart? issued;
    private string? error;
    private string? requester;
    private string? reason;
    private string? messageId;

    /// <summary>The request's id, the ledger's key.</summary>
    public required string RequestId { get; init; }

    /// <summary>The host to restart.</summary>
    public required string Host { get; init; }

    /// <summary>The host's group, by configuration, when the last attempt was begun; empty if it has none.</summary>
    public string Group { get; init; } = "";

    /// <summary>How far the restart has come.</summary>
    public required RestartState State { get => state; init => state = value; }

    /// <summary>The number of the last attempt, from 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>Which process recorded the intent.</summary>
    public required string Owner { get; init; }

    /// <summary>When the intent of the last attempt was recorded.</summary>
    public required DateTimeOffset IntentAt { get; init; }

    /// <summary>When the target accepted the last attempt; null if it has not.</summary>
    public DateTimeOffset? IssuedAt { get => issuedAt; init => issuedAt = value; }

    /// <summary>When the last attempt ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get => endedAt; init => endedAt = value; }

    /// <summary>What the target accepted; null if nothing.</summary>
    public IssuedRestart? Issued { get => issued; init => issued = value; }

    /// <summary>Why the last attempt failed; null if it did not.</summary>
    public string? Error { get => error; init => error = value; }

    /// <summary>Who asked; null if the details could not be saved.</summary>
    public string? Requester { get => requester; init => requester = value; }

    /// <summary>Why; null if the details could not be saved.</summary>
    public string? Reason { get => reason; init => reason = value; }

    /// <summary>The root id of the message that asked; null if the details could not be saved.</summary>
    public string? MessageId { get => messageId; init => messageId = value; }

    /// <summary>The limits that the last attempt has passed, in a few words; null if there were none.</summary>
    public string? Limits { get; init; }

    /// <summary>The trace in which the intent of the last attempt was recorded; null if there was none.</summary>
    public string? OperationId { get; init; }

    /// <summary>For <see cref="EntryChanges"/>, in place: an entry changes four times on its way.</summary>
    internal void Change(RestartState state, IssuedRestart? issued, DateTimeOffset? issuedAt, DateTimeOffset? endedAt, string? error)
    {
        this.state = state;
        this.issued = issued;
        this.issuedAt = issuedAt;
        this.endedAt = endedAt;
        this.error = error;
    }

    /// <summary>For <see cref="EntryChanges"/>, in place.</summary>
    internal void Describe(string requester, string reason, string messageId)
    {
        this.requester = requester;
        this.reason = reason;
        this.messageId = messageId;
    }
}
