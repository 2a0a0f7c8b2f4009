using System.Globalization;

namespace Mayhem.Journal;

/// <summary>Another process has the journal open.</summary>
public sealed class JournalInUseException(string folder, int? processId, Exception? inner = null) : IOException(
    $"The journal in '{folder}' is in use by {(processId is { } id ? "process " + id.ToString(CultureInfo.InvariantCulture) : "another process")}. " +
    "Stop that process, or use another data folder.", inner)
{
    /// <summary>The journal's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The process that has it open; null if that cannot be told.</summary>
    public int? ProcessId { get; } = processId;
}

/// <summary>A file that should be a log of a journal is none that this version can read. Nothing was changed.</summary>
public sealed class JournalFormatException(string file, string problem) : IOException(
    $"'{file}' cannot be read as a journal: {problem}. Move the file away to start without its records, or use another data folder.")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;
}

/// <summary>A log is damaged before its end: records are missing that somebody was told were saved. Nothing was changed.</summary>
public sealed class JournalDamagedException(string file, long position, long bytes) : IOException(
    $"'{file}' is damaged at byte {position}: the {bytes} bytes from there on cannot be read, and what they recorded is missing. Restore the file from a backup, or accept the loss.")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Where the good records end: bytes from the start of the file.</summary>
    public long Position { get; } = position;
}

/// <summary>The disk refused a write or a flush. The journal takes no more records: what the disk holds is known again only after reopening.</summary>
public sealed class JournalFailedException(string folder, Exception inner) : IOException(
    $"The journal in '{folder}' has failed and takes no more records: {inner.Message} Repair the cause (a full or broken disk?) and start again.", inner)
{
    /// <summary>The journal's folder.</summary>
    public string Folder { get; } = folder;
}
