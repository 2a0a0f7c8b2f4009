namespace Mayhem.Scenarios.Sessions;

/// <summary>What becomes of a message on its way.</summary>
public enum SomeHistory
{
    /// <summary>Its body is no request.</summary>
    Poisoned,

    /// <summary>Its host does not exist.</summary>
    Fatal,

    /// <summary>Its host names a delay.</summary>
    Throttled,

    /// <summary>Its restart fails twice.</summary>
    Transient,

    /// <summary>Its restart is never reported done.</summary>
    Hanging,

    /// <summary>Its process dies, each time.</summary>
    Crashing,

    /// <summary>Its process stops, once.</summary>
    ShuttingDown,
}
