namespace Mayhem.Guards;

/// <summary>What may stand between a request and the restart of its host, in the order in which it is asked. The first that says no decides.</summary>
public enum Guard
{
    /// <summary>The host is not opted in, or denied.</summary>
    OptIn,

    /// <summary>The request is older than its <c>notAfter</c>, or than any request may get.</summary>
    Age,

    /// <summary>An operator has halted all restarts.</summary>
    KillSwitch,

    /// <summary>The group's hosts are restarted at certain times only.</summary>
    Window,

    /// <summary>The host was restarted for another request not long ago, or is being restarted.</summary>
    CoolDown,

    /// <summary>The group has had as many restarts as it may have in a time span.</summary>
    Budget,

    /// <summary>As many hosts of the group are being restarted as may be at the same time.</summary>
    Concurrency,

    /// <summary>Too few other hosts of the group are well.</summary>
    MinHealthy,

    /// <summary>The host was restarted again and again, which has not helped.</summary>
    Ineffective,
}
