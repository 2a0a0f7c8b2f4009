using System.Globalization;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Text;

/// <summary>Sets an exception: its message and its frames, ours in full with their values, those of libraries counted.</summary>
internal static class ExceptionText
{
    public static void Write(Page page, ReportDocument report, int index, ReportTextOptions options)
    {
        var exception = report.Exceptions[index];
        page.Gap();
        page.Line(0, $"{Relation(report, index)}{exception.Type}: {exception.Message}", Ink.Alarm);
        page.Table(2, [.. exception.Properties.Select(property => (property.Name, property.Type, property.Value))]);
        if (exception.Frames.Count == 0)
            page.Line(2, "It was never thrown, so there is no stack.", Ink.Faint);
        for (var next = 0; next < exception.Frames.Count;)
        {
            var folded = options.AllFrames ? 0 : Foldable(exception.Frames, next);
            if (folded > 1)
            {
                page.Line(2, Folded(exception.Frames.Skip(next).Take(folded).ToList()), Ink.Faint);
                next += folded;
            }
            else
            {
                Write(page, exception.Frames[next++]);
            }
        }
    }

    private static string Relation(ReportDocument report, int index)
    {
        if (report.Exceptions[index].InnerOf is not { } outer)
            return "";
        return outer == index - 1 ? "caused by " : $"caused by (inside {ShortName(report.Exceptions[outer].Type)}) ";
    }

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];

    // Where it was thrown is of interest, whoever's code that is.
    private static int Foldable(IReadOnlyList<ReportedFrame> frames, int first)
    {
        if (first == 0)
            return 0;
        var end = first;
        while (end < frames.Count && !frames[end].InOurCode)
            end++;
        return end - first;
    }

    private static string Folded(List<ReportedFrame> frames)
    {
        var from = frames.Select(frame => frame.Type.Split('.')[0] is { Length: > 0 } root ? $"{root}.*" : frame.Assembly).Distinct(StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"… {frames.Count} frames of {string.Join(", ", from)}");
    }

    private static void Write(Page page, ReportedFrame frame)
    {
        page.Line(2, $"{(frame.InOurCode ? "▸ " : "  ")}{frame.Method}{(frame.InTrace ? "" : "  (before it was thrown anew)")}", frame.InOurCode ? Ink.Strong : Ink.Faint, hang: 2);
        if (frame.File is { } file)
            page.Line(6, string.Create(CultureInfo.InvariantCulture, $"{InRepository(file)}:{frame.Line}"), Ink.Faint);
        page.Table(6, [.. frame.Arguments.Concat(frame.Locals).Select(value => (value.Name, value.Type, value.Value))]);
    }

    // Where the source was when it was built is of no interest, where it is in the repository is.
    private static string InRepository(string file)
    {
        var path = file.Replace('\\', '/');
        var root = Math.Max(path.LastIndexOf("/src/", StringComparison.Ordinal), path.LastIndexOf("/tests/", StringComparison.Ordinal));
        return root < 0 ? path : path[(root + 1)..];
    }
}
