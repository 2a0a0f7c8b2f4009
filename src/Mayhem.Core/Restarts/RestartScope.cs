using Mayhem.Ledger;

namespace Mayhem.Restarts;

/// <summary>How far carrying out a request may go. Each step includes those before it.</summary>
public enum RestartScope
{
    /// <summary>See in the ledger whether the request was carried out.</summary>
    Look,

    /// <summary>Watch a restart to its end that the target has accepted.</summary>
    Watch,

    /// <summary>Ask the target whether it has accepted a restart whose intent is on record, and watch it then.</summary>
    Find,

    /// <summary>Issue the restart: everything.</summary>
    Issue,
}

/// <summary>Tells how far a request has to go.</summary>
internal static class RestartScopes
{
    /// <summary>The scope that a request needs by what is on record of it.</summary>
    public static RestartScope Needed(LedgerEntry? entry) => entry?.State switch
    {
        RestartState.Restarted or RestartState.WouldRestart => RestartScope.Look,
        RestartState.Issued => RestartScope.Watch,
        RestartState.Intent or RestartState.Interrupted => RestartScope.Find,
        _ => RestartScope.Issue,
    };
}
