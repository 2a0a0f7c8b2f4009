namespace Mayhem.Reporting.Folders;

/// <summary>Where reports are kept, and how many, as settings say it. Bound from <c>Mayhem:Reports:Archive</c> and <c>Mayhem:Reports:Spool</c>.</summary>
public sealed class ReportFolderSettings
{
    private const int MostReports = 1_000_000;
    private const int MostMegabytes = 100_000;

    /// <summary>The folder. The archive is off without it; the spool lies among the temporary files then.</summary>
    public string? Directory { get; set; }

    /// <summary>How many reports are kept, for each sink in the spool; 1,000 by default, 1 to 1,000,000. The oldest make room.</summary>
    public int MaxReports { get; set; } = 1000;

    /// <summary>How many megabytes they may take up, for each sink in the spool; 64 by default, 1 to 100,000.</summary>
    public int MaxMegabytes { get; set; } = 64;

    /// <summary>The options of the folder, or of a folder in it.</summary>
    /// <param name="below">The name of the folder in it; null for itself.</param>
    public ReportFolderOptions Folder(string? below = null) =>
        new(below is null ? Directory! : Path.Combine(Directory ?? DefaultDirectory(), below)) { MaxReports = MaxReports, MaxBytes = MaxMegabytes * 1024L * 1024 };

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxReports is < 1 or > MostReports)
            yield return $"{nameof(MaxReports)} is {MaxReports}; allowed is 1 to {MostReports}.";
        if (MaxMegabytes is < 1 or > MostMegabytes)
            yield return $"{nameof(MaxMegabytes)} is {MaxMegabytes}; allowed is 1 to {MostMegabytes}.";
    }

    // A folder of another user of this machine could not be written to.
    private static string DefaultDirectory() => Path.Combine(Path.GetTempPath(), $"mayhem-spool-{Environment.UserName}");
}
