namespace Mayhem.Local.Fleet;

/// <summary>
/// What the fleet and a host's process say to each other over the process's standard input and output, a line each.
/// Constants only: a host's process uses them without loading this assembly, because it has to start fast.
/// </summary>
public static class HostProtocol
{
    /// <summary>The process's first line, followed by a space and its process id: it is up, and has claimed its order if it was started for one.</summary>
    public const string Ready = "ready";

    /// <summary>The fleet's question.</summary>
    public const string Ping = "ping";

    /// <summary>The process's answer, followed by a space and its process id.</summary>
    public const string Pong = "pong";

    /// <summary>The exit code of a process whose order had been claimed before.</summary>
    public const int AlreadyClaimed = 17;

    /// <summary>The folder of the claims, in the fleet's data directory.</summary>
    public const string ClaimFolder = "starts";

    /// <summary>The log of every start of a process, in the fleet's data directory: time, host, process id, <c>boot</c> or <c>restart</c>, and for a restart the old process id, the request's id (escaped as in an URL) and the attempt, apart by tabs.</summary>
    public const string StartLog = "starts.log";
}
