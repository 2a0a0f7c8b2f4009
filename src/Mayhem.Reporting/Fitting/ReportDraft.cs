using System.Globalization;
using System.Runtime.InteropServices;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Fitting;

/// <summary>Where a frame is in a report.</summary>
/// <param name="Exception">The index of its exception.</param>
/// <param name="Frame">Its own index.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FramePlace(int Exception, int Frame);

/// <summary>A report with some of it left out.</summary>
internal sealed class ReportDraft(ReportDocument report)
{
    /// <summary>Frames that are left out.</summary>
    public HashSet<FramePlace> Without { get; } = [];

    /// <summary>Frames whose values are left out.</summary>
    public HashSet<FramePlace> WithoutValues { get; } = [];

    /// <summary>How many log lines are left out, the oldest first.</summary>
    public int LogLinesLeftOut { get; set; }

    /// <summary>The longest text; null for no limit.</summary>
    public int? LongestText { get; set; }

    /// <summary>The report without what is left out.</summary>
    public ReportDocument ToDocument()
    {
        var domain = report.Domain.ToDictionary(pair => pair.Key, pair => Text(pair.Value), StringComparer.Ordinal);
        domain["leftOut"] = LeftOut();
        return report with
        {
            Exceptions = [.. report.Exceptions.Select(Reduce)],
            Breadcrumbs = [.. report.Breadcrumbs.Skip(LogLinesLeftOut).Select(line => line with { Text = Text(line.Text) })],
            Domain = domain,
        };
    }

    private ReportedException Reduce(ReportedException exception, int index) => exception with
    {
        Message = Text(exception.Message),
        Properties = [.. exception.Properties.Select(Reduce)],
        Frames =
        [
            .. exception.Frames
                .Select((frame, number) => (Frame: frame, Place: new FramePlace(index, number)))
                .Where(entry => !Without.Contains(entry.Place))
                .Select(entry => WithoutValues.Contains(entry.Place) ? entry.Frame with { Arguments = [], Locals = [] } : Reduce(entry.Frame)),
        ],
    };

    private ReportedFrame Reduce(ReportedFrame frame) =>
        frame with { Arguments = [.. frame.Arguments.Select(Reduce)], Locals = [.. frame.Locals.Select(Reduce)] };

    private ReportedValue Reduce(ReportedValue value) => value with { Value = Text(value.Value) };

    private string Text(string text) => LongestText is { } longest ? Shorten.Text(text, longest) : text;

    private string LeftOut() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Without.Count} frames, the values of {WithoutValues.Except(Without).Count()} others, {LogLinesLeftOut} log lines{(LongestText is { } longest ? $", texts after {longest} characters" : "")}");
}
