using System.Text;

namespace Mayhem.Reporting.Text;

/// <summary>Sets lines and tables into a text of limited width.</summary>
internal sealed class Page(int width, bool ansi)
{
    private const int LeastForValues = 24;
    private const int MostForNames = 28;
    private const int MostForTypes = 32;
    private const int MostLinesOfValue = 12;

    private readonly StringBuilder text = new();

    /// <summary>Adds text at an indentation, on as many lines as it needs; those after the first are indented further by <paramref name="hang"/>.</summary>
    public void Line(int indent, string content, Ink ink = Ink.Plain, int hang = 0)
    {
        var left = indent;
        foreach (var line in Wrapping.Lines(content, Math.Max(LeastForValues, width - indent - hang)))
        {
            text.Append(' ', left);
            Append(line, ink);
            text.Append('\n');
            left = indent + hang;
        }
    }

    /// <summary>Adds an empty line.</summary>
    public void Gap() => text.Append('\n');

    /// <summary>Adds a table of names, types and values. Without types, the column is left out; where the page is narrow, it is too.</summary>
    public void Table(int indent, IReadOnlyList<(string Name, string Type, string Value)> rows)
    {
        if (rows.Count == 0)
            return;
        var names = rows.Max(row => Math.Min(row.Name.Length, MostForNames)) + 2;
        var types = rows.Max(row => Math.Min(row.Type.Length, MostForTypes));
        types = types == 0 || indent + names + types + 2 > width / 2 ? 0 : types + 2;
        var left = indent + names + types;
        foreach (var (name, type, value) in rows)
        {
            text.Append(' ', indent);
            Append(Wrapping.Cut(name, MostForNames).PadRight(names), Ink.Name);
            Append(types == 0 ? "" : Wrapping.Cut(type, MostForTypes).PadRight(types), Ink.Faint);
            AppendValue(left, value);
        }
    }

    /// <inheritdoc />
    public override string ToString() => text.ToString();

    private void AppendValue(int left, string value)
    {
        var count = 0;
        foreach (var line in Wrapping.Lines(value, Math.Max(LeastForValues, width - left)))
        {
            if (count++ > 0)
                text.Append(' ', left);
            text.Append(count > MostLinesOfValue ? "…" : line).Append('\n');
            if (count > MostLinesOfValue)
                break;
        }
    }

    private void Append(string piece, Ink ink)
    {
        if (ansi && ink != Ink.Plain && piece.Length > 0)
            text.Append(Code(ink)).Append(piece).Append("\e[0m");
        else
            text.Append(piece);
    }

    private static string Code(Ink ink) => ink switch
    {
        Ink.Strong => "\e[1m",
        Ink.Faint => "\e[2m",
        Ink.Alarm => "\e[1;31m",
        _ => "\e[36m",
    };
}
