namespace Mayhem.Reporting.Text;

/// <summary>How a report is set.</summary>
public sealed record ReportTextOptions
{
    /// <summary>The longest line in characters, 40 or more; 120 by default.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether terminals are told of colours and weights; false by default.</summary>
    public bool Ansi { get; init; }

    /// <summary>Whether frames of libraries are shown one by one instead of counted; false by default.</summary>
    public bool AllFrames { get; init; }
}
