namespace Mayhem.Failures;

/// <summary>What kind of failure an exception is. The class decides what becomes of the message.</summary>
public enum FailureClass
{
    /// <summary>The message is not a restart request: dead-letter at once.</summary>
    Poison,

    /// <summary>Trying again cannot help: dead-letter at once.</summary>
    Fatal,

    /// <summary>The exception names the delay: try again after it.</summary>
    Throttled,

    /// <summary>Trying again may help: by the rule of its type.</summary>
    Transient,

    /// <summary>Log, count, go on.</summary>
    Tolerated,

    /// <summary>Somebody else may fare better: give the message back at once. The queue's MaxDeliveryCount is the end of it.</summary>
    Abandoned,

    /// <summary>Cancelled because this process stops: abandon, no report, no attempt used up.</summary>
    Stopping,

    /// <summary>The lock is lost: touch nothing.</summary>
    LockLost,

    /// <summary>The process cannot be trusted any more: report, abandon, end it.</summary>
    ProcessFatal,
}
