namespace Mayhem.Cli.ReportsCommand;

/// <summary>Where <c>mayhem reports</c> looks.</summary>
/// <param name="DataFolder">The folder of a <c>mayhem up</c>, running or ended.</param>
/// <param name="Folder">Any folder of reports, as a copied archive or spool, instead; null for the data folder.</param>
internal sealed record ReportsPlace(string DataFolder, string? Folder);

/// <summary>What <c>mayhem reports list</c> was asked to do.</summary>
internal sealed record ReportsListOptions(ReportsPlace Place)
{
    /// <summary>The beginning of the fingerprints wanted; null for all.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The time since which reports are wanted; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One line for each fingerprint, with counts, instead of one for each report.</summary>
    public bool Grouped { get; init; }

    /// <summary>One JSON object a line instead of a table.</summary>
    public bool Json { get; init; }
}

/// <summary>What <c>mayhem reports show</c> was asked to do.</summary>
/// <param name="Place">Where to look.</param>
/// <param name="Id">The id, or its beginning, or <c>last</c>.</param>
/// <param name="Json">The report as JSON instead of text.</param>
/// <param name="AllFrames">The frames of libraries as well.</param>
internal sealed record ReportsShowOptions(ReportsPlace Place, string Id, bool Json, bool AllFrames);
