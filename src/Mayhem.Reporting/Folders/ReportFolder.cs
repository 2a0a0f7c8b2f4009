using System.Text.Json;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Folders;

/// <summary>
/// A bounded folder with a file for each report. The oldest reports make room for new ones, and are counted. Several processes may share a
/// folder: the bound is then held as soon as each of them has looked again, which they do every few reports. Thread-safe.
/// </summary>
public sealed class ReportFolder
{
    private const int LookAgainAfter = 32;

    private readonly ReportFolderOptions options;
    private readonly Lock gate = new();
    private SortedDictionary<string, long> known;
    private long bytes;
    private int addedSinceLooking;
    private long dropped;

    /// <summary>Opens the folder, makes it if need be, and clears away what dead processes have left half written.</summary>
    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made or read.</exception>
    public ReportFolder(ReportFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxReports, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes, 1, nameof(options));
        this.options = options;
        Make(options.Path);
        AsideFiles.Clean(options.Path);
        known = ReportFiles.List(options.Path);
        bytes = known.Values.Sum();
    }

    /// <summary>Where it is.</summary>
    public string Path => options.Path;

    /// <summary>How many reports it holds, as far as this process knows.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return known.Count;
        }
    }

    /// <summary>How much they take up together, in bytes, as far as this process knows.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>How many reports this process has dropped to keep the bounds.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Keeps a report; the oldest make room for it. One that is there already is replaced.</summary>
    /// <exception cref="IOException">It cannot be written, as on a full disk. The folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written. The folder is as it was.</exception>
    public void Add(ReportDocument report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var content = ReportJson.Write(report);
        var path = ReportFiles.PathOf(Path, report.Id);
        lock (gate)
        {
            if (content.Length > options.MaxBytes)
            {
                dropped++;
                return;
            }

            // Somebody may have tidied the whole folder away.
            Make(Path);
            AsideFiles.Write(path, content);
            Forget(report.Id);
            known[report.Id] = content.Length;
            bytes += content.Length;
            if (++addedSinceLooking >= LookAgainAfter)
                Look();
            MakeRoom();
        }
    }

    /// <summary>Reads a report.</summary>
    /// <exception cref="IOException">It is not there any more, or cannot be read.</exception>
    /// <exception cref="JsonException">What is there is no report.</exception>
    public ReportDocument Read(string id) => ReportJson.Read(File.ReadAllBytes(ReportFiles.PathOf(Path, id)));

    /// <summary>Deletes a report, if it is there.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be deleted.</exception>
    public void Remove(string id)
    {
        lock (gate)
        {
            File.Delete(ReportFiles.PathOf(Path, id));
            Forget(id);
        }
    }

    /// <summary>The ids of the reports, oldest first, as they are in the folder now.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Ids()
    {
        lock (gate)
        {
            Look();
            return [.. known.Keys];
        }
    }

    private void Look()
    {
        addedSinceLooking = 0;
        known = ReportFiles.List(Path);
        bytes = known.Values.Sum();
    }

    private void MakeRoom()
    {
        while (known.Count > options.MaxReports || bytes > options.MaxBytes)
        {
            var oldest = known.First().Key;
            File.Delete(ReportFiles.PathOf(Path, oldest));
            Forget(oldest);
            dropped++;
        }
    }

    private void Forget(string id)
    {
        if (known.Remove(id, out var length))
            bytes -= length;
    }

    // Reports hold data of the application, which is nobody else's business.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
