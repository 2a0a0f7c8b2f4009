using System.Diagnostics;
using System.Globalization;

namespace Mayhem.Benchmarks.Soak;

/// <summary>How a process is, after a slice of work.</summary>
/// <param name="ManagedBytes">Live objects, after a full collection.</param>
/// <param name="ResidentBytes">Memory of the process that is in use.</param>
/// <param name="Handles">Open file descriptors, or handles.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Latency">The median of the times from sending to handling, of messages sent one by one.</param>
/// <param name="DiskBytes">What the journals and reports take.</param>
internal sealed record Vitals(long ManagedBytes, long ResidentBytes, int Handles, int Threads, TimeSpan Latency, long DiskBytes)
{
    private const string OpenFiles = "/proc/self/fd";

    public static Vitals Take(TimeSpan latency, DirectoryInfo folder)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        var handles = Directory.Exists(OpenFiles) ? Directory.EnumerateFileSystemEntries(OpenFiles).Count() : process.HandleCount;
        return new Vitals(managed, process.WorkingSet64, handles, process.Threads.Count, latency, folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
    }

    /// <summary>A line for a person who watches.</summary>
    public string Line(int slice, int slices) => string.Create(
        CultureInfo.InvariantCulture,
        $"slice {slice,2} of {slices}: {ManagedBytes / 1048576.0,6:0.0} MB managed, {ResidentBytes / 1048576.0,6:0.0} MB resident, {Handles,3} files, {Threads,3} threads, {Latency.TotalMilliseconds,6:0.00} ms, {DiskBytes / 1048576.0,6:0.0} MB on disk");
}
