using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>What each record that changes a request's entry makes of what its attempt has taken: the same for every ledger. Pure.</summary>
internal static class UseChanges
{
    /// <summary>What an intent takes, in place of what the same attempt had taken before; null if it takes nothing, and then that stays.</summary>
    public static RestartUse? Begin(LedgerRecord.Intent intent) =>
        intent.TakesLimits ? new RestartUse(intent.RequestId, intent.Attempt, intent.Host, intent.Group, intent.At) : null;

    /// <summary>After the target has accepted the attempt, also one that somebody else had thought not issued. What was meant to restart a host and did nothing is given back.</summary>
    public static RestartUse Issue(RestartUse use, LedgerRecord.Issued issued) =>
        issued.Restart.DryRun ? use with { State = UseState.GivenBack, EndedAt = issued.At } : use with { State = UseState.Issued, EndedAt = null };

    /// <summary>After the attempt has ended well.</summary>
    public static RestartUse Restart(RestartUse use, LedgerRecord.Restarted restarted) =>
        use.State == UseState.GivenBack ? use : use with { State = UseState.Restarted, EndedAt = restarted.At };

    /// <summary>After the attempt has failed; the same while nobody can tell what became of it.</summary>
    public static RestartUse Fail(RestartUse use, LedgerRecord.Failed failed) =>
        failed.Ambiguous ? use : use with { State = failed.NotIssued ? UseState.GivenBack : UseState.Failed, EndedAt = failed.At };
}
