namespace Mayhem.Locks;

/// <summary>What is known of a message's lock.</summary>
public enum LockState
{
    /// <summary>It is held.</summary>
    Held,

    /// <summary>It is held, and a renewal is under way.</summary>
    Renewing,

    /// <summary>The last renewal failed, and the lock's end has not come: it is tried again.</summary>
    Unknown,

    /// <summary>Its end has passed without a renewal: somebody else may have the message.</summary>
    Lost,
}

/// <summary>Why a handler's token fired.</summary>
public enum LockEnd
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The lock was lost.</summary>
    Lost,

    /// <summary>The message was handled for longer than <see cref="LockOptions.MaxLockDuration"/>. The lock may still be held.</summary>
    CeilingReached,
}
