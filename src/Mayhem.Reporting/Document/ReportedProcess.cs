namespace Mayhem.Reporting.Document;

/// <summary>The state of the process when it failed.</summary>
public sealed record ReportedProcess
{
    /// <summary>The program's version with its commit.</summary>
    public required string Version { get; init; }

    /// <summary>Machine and process id, or the instance id that Azure gives.</summary>
    public required string Instance { get; init; }

    /// <summary>The runtime and the operating system.</summary>
    public required string Platform { get; init; }

    /// <summary>How long the process has run, in seconds.</summary>
    public double UptimeSeconds { get; init; }

    /// <summary>The physical memory it uses, in bytes.</summary>
    public long WorkingSetBytes { get; init; }

    /// <summary>The managed heap, in bytes.</summary>
    public long HeapBytes { get; init; }

    /// <summary>The memory it may use, in bytes.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Garbage collections of generation 2 so far.</summary>
    public int Gen2Collections { get; init; }

    /// <summary>Threads of the pool.</summary>
    public int PoolThreads { get; init; }

    /// <summary>Work items that wait for a thread of the pool.</summary>
    public long PoolQueue { get; init; }

    /// <summary>Messages in flight.</summary>
    public int InFlight { get; init; }
}
