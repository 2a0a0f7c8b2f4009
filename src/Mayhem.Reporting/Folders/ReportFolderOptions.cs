namespace Mayhem.Reporting.Folders;

/// <summary>Where reports are kept, and how many.</summary>
/// <param name="Path">The folder. Made if it does not exist, for this user alone.</param>
public sealed record ReportFolderOptions(string Path)
{
    /// <summary>How many reports are kept, 1 or more; 1,000 by default. The oldest make room.</summary>
    public int MaxReports { get; init; } = 1000;

    /// <summary>How much they may take up together, in bytes, 1 or more; 64 MiB by default. A report that is larger by itself is not kept.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;
}
