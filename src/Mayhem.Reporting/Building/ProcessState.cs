using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Mayhem.Observation;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Building;

/// <summary>Reads the state of this process for reports. What is dear to read is read once a second at most.</summary>
/// <param name="inFlight">The messages in flight.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ProcessState(InFlightMessages inFlight, TimeProvider timeProvider)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private static readonly string Version =
        (Assembly.GetEntryAssembly() ?? typeof(ProcessState).Assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static readonly string Platform = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";

    private static readonly string Instance = Environment.GetEnvironmentVariable("WEBSITE_INSTANCE_ID") is { Length: > 0 } given
        ? given
        : string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    private static readonly DateTimeOffset StartedAt = ReadStart();

    private Memory? memory;

    /// <summary>The state now.</summary>
    public ReportedProcess Read()
    {
        var now = timeProvider.GetTimestamp();
        var known = Volatile.Read(ref memory);
        if (known is null || timeProvider.GetElapsedTime(known.At, now) >= Freshness)
            Volatile.Write(ref memory, known = Memory.Read(now));
        return new ReportedProcess
        {
            Version = Version,
            Instance = Instance,
            Platform = Platform,
            UptimeSeconds = Math.Round((timeProvider.GetUtcNow() - StartedAt).TotalSeconds, 3),
            WorkingSetBytes = known.WorkingSet,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            MemoryLimitBytes = known.Limit,
            Gen2Collections = GC.CollectionCount(2),
            PoolThreads = ThreadPool.ThreadCount,
            PoolQueue = ThreadPool.PendingWorkItemCount,
            InFlight = inFlight.Count,
        };
    }

    private static DateTimeOffset ReadStart()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime);
    }

    private sealed record Memory(long At, long WorkingSet, long Limit)
    {
        public static Memory Read(long now) => new(now, Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }
}
