using System.Text;

namespace Mayhem.Reporting.Text;

/// <summary>Breaks text into lines.</summary>
internal static class Wrapping
{
    /// <summary>Lines of at most this many characters, broken between words where there is a space in reach. Never empty.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var rest = Printable(line);
            while (rest.Length > width)
            {
                var end = EndOfLine(rest, width);
                yield return rest[..end].TrimEnd();
                rest = rest[end..].TrimStart();
            }

            yield return rest;
        }
    }

    /// <summary>The text, cut with an ellipsis if it is longer.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    // A terminal would obey what is in a message or a value.
    private static string Printable(string line)
    {
        if (!line.Any(char.IsControl))
            return line;
        var printable = new StringBuilder(line.Length);
        foreach (var character in line)
            _ = character == '\t' ? printable.Append("  ") : char.IsControl(character) ? printable.Append('·') : printable.Append(character);
        return printable.ToString();
    }

    private static int EndOfLine(string text, int width)
    {
        var space = text.LastIndexOf(' ', width, width / 2);
        if (space > 0)
            return space;
        return char.IsHighSurrogate(text[width - 1]) ? width - 1 : width;
    }
}
