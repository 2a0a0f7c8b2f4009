using System.Globalization;
using System.Net;
using System.Text;

namespace Mayhem.Dashboard.Tests.Pictures;

/// <summary>A terminal's screen, as far as Mayhem's displays use one: text, line feeds, cursor movements, erasing, colours.</summary>
internal sealed class TerminalScreen(int width, int height)
{
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=>");

    private readonly List<(char Character, string Style)[]> lines = [Blank(width)];
    private int row;
    private int column;
    private string style = "";
    private string pending = "";

    /// <summary>Takes what a program has written.</summary>
    public void Write(string written)
    {
        // A sequence may come in two pieces.
        var text = pending + written;
        var escape = text.LastIndexOf('\e');
        var isCut = escape >= 0 && !text.AsSpan(escape + 1).ContainsAny(Ends);
        pending = isCut ? text[escape..] : "";
        text = isCut ? text[..escape] : text;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\e' when at + 1 < text.Length && text[at + 1] == '[':
                    at = Control(text, at + 2);
                    break;
                case '\e' when at + 1 < text.Length && text[at + 1] is '=' or '>':
                    // What the keys of the keypad send.
                    at++;
                    break;
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    Down(1);
                    break;
                case >= ' ':
                    Put(text[at]);
                    break;
            }
        }
    }

    /// <summary>The last lines as HTML.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        var used = lines.FindLastIndex(line => line.Any(cell => cell.Character != ' ')) + 1;
        foreach (var line in lines.Take(used).TakeLast(height))
        {
            foreach (var run in Runs(line))
                html.Append(CultureInfo.InvariantCulture, $"<span class=\"{run.Style}\">{WebUtility.HtmlEncode(run.Text)}</span>");
            html.Append('\n');
        }

        return html.ToString();
    }

    private static IEnumerable<(string Style, string Text)> Runs((char Character, string Style)[] line)
    {
        for (var from = 0; from < line.Length;)
        {
            var to = from;
            while (to < line.Length && line[to].Style == line[from].Style)
                to++;
            yield return (line[from].Style, string.Concat(line[from..to].Select(cell => cell.Character)));
            from = to;
        }
    }

    private static (char Character, string Style)[] Blank(int width) => [.. Enumerable.Repeat((' ', ""), width)];

    private void Put(char character)
    {
        if (column >= width)
        {
            column = 0;
            Down(1);
        }

        lines[row][column++] = (character, style);
    }

    private void Down(int count)
    {
        row += count;
        while (lines.Count <= row)
            lines.Add(Blank(width));
    }

    private int Control(string text, int at)
    {
        var end = at;
        while (end < text.Length - 1 && !char.IsAsciiLetter(text[end]))
            end++;
        var numbers = text[at..end].Split(';').Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0).ToArray();
        switch (text[end])
        {
            case 'A':
                row = Math.Max(0, row - Math.Max(1, numbers[0]));
                break;
            case 'B':
                Down(Math.Max(1, numbers[0]));
                break;
            case 'G':
                column = Math.Max(0, numbers[0] - 1);
                break;
            case 'K':
                Erase(row, numbers[0] == 2 ? 0 : column);
                break;
            case 'J':
                for (var below = row; below < lines.Count; below++)
                    Erase(below, below == row ? column : 0);
                break;
            case 'm':
                style = Style(numbers);
                break;
        }

        return end;
    }

    private void Erase(int line, int from)
    {
        for (var at = from; at < width; at++)
            lines[line][at] = (' ', "");
    }

    private string Style(int[] numbers)
    {
        var classes = new HashSet<string>(style.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        for (var at = 0; at < numbers.Length; at++)
        {
            if (numbers[at] == 0)
                classes.Clear();
            else if (numbers[at] is 38 && at + 2 < numbers.Length)
                classes.Add($"c{numbers[at += 2]}");
            else if (numbers[at] is >= 30 and <= 37 or >= 90 and <= 97)
                classes.Add($"c{(numbers[at] >= 90 ? numbers[at] - 82 : numbers[at] - 30)}");
            else if (numbers[at] is 1 or 2)
                classes.Add(numbers[at] == 1 ? "bold" : "faint");
        }

        return string.Join(' ', classes.Order(StringComparer.Ordinal));
    }
}
