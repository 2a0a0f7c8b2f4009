namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>The moments at which a run can be made to die, to see what it leaves behind. Named in kebab case: <c>after-effect</c>.</summary>
public enum KillPoint
{
    /// <summary>A request is about to be handled; nothing of it is on record in this run.</summary>
    BeforeHandler,

    /// <summary>The intent is on record, and nothing has been done.</summary>
    AfterIntent,

    /// <summary>The host was restarted, and nobody knows yet.</summary>
    AfterEffect,

    /// <summary>The ledger knows of the restart; nobody has looked yet whether it went well.</summary>
    AfterIssued,

    /// <summary>The ledger knows how an attempt ended, well or not; the message is not settled.</summary>
    AfterOutcome,

    /// <summary>The broker has the copy for a later attempt, and still the original.</summary>
    AfterSchedule,

    /// <summary>The broker has acknowledged that a message is complete.</summary>
    AfterComplete,

    /// <summary>A message is about to be dead-lettered.</summary>
    BeforeDeadLetter,

    /// <summary>A message was dead-lettered.</summary>
    AfterDeadLetter,

    /// <summary>The run is stopping, and a message is about to be settled or given back.</summary>
    DuringDrain,

    /// <summary>Half of a write to a queue's journal is on the disk.</summary>
    TornQueueWrite,

    /// <summary>Half of a write to the ledger's journal is on the disk.</summary>
    TornLedgerWrite,

    /// <summary>A log is complete and about to get its name: the first of a journal, or one that a compaction has written.</summary>
    BeforeLogRename,

    /// <summary>A log has got its name: from here on it counts, and the one that it replaces is still there.</summary>
    AfterLogRename,
}
