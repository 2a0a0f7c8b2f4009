using Spectre.Console;

namespace Mayhem.Cli.Up.Display;

/// <summary>The first line of a picture: texts with a rule around them. <see cref="Rule"/> has markup for its title, which would make a picture of <c>:smile:</c> in a path.</summary>
internal static class Heading
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Draws it.</summary>
    /// <param name="frame">What to show.</param>
    /// <param name="title">What the run is.</param>
    /// <param name="width">How many cells the line has.</param>
    public static Paragraph Of(Frame frame, string title, int width)
    {
        var line = new Paragraph();
        var left = width;
        Add("── ", Style.Plain);
        Add($"{frame.Elapsed:hh\\:mm\\:ss}", Bold);
        Add("  ", Style.Plain);
        if (frame.Stopping)
            Add("finishing what is in flight  ", new Style(Color.Yellow));
        if (frame.Dashboard is { } place)
            Add(place + "  ", new Style(Color.Green));
        Add(title + " ", Style.Plain);
        Add(new string('─', left), Style.Plain);
        return line;

        void Add(string text, Style style)
        {
            var shown = Cells.Fit(text, left);
            line.Append(shown, style);
            left -= shown.GetCellWidth();
        }
    }
}
