using Spectre.Console;

namespace Mayhem.Cli.Up.Display;

/// <summary>The cells of a terminal's line; some characters take two.</summary>
internal static class Cells
{
    private const string Ellipsis = "…";

    /// <summary>A text that takes no more than so many cells; what is cut off is shown as such.</summary>
    public static string Fit(string text, int width)
    {
        if (text.GetCellWidth() <= width)
            return text;
        var kept = text.AsSpan();
        while (kept.Length > 0 && kept.ToString().GetCellWidth() >= width)
            kept = kept[..^1];
        return width > 0 ? string.Concat(kept, Ellipsis) : "";
    }
}
