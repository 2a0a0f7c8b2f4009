using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Fitting;

/// <summary>Knows what of a report matters how much.</summary>
internal static class Cuts
{
    private const int LogLinesOfLastResort = 5;
    private const int FramesOfLastResort = 3;

    // What a place may add to the text of a frame or a value: names, quotes, brackets.
    private const int Around = 200;

    private static readonly int[] TextLengths = [2000, 500, 100];

    /// <summary>What can be left out, first what matters least.</summary>
    public static IEnumerable<Cut> Of(ReportDocument report)
    {
        var frames = FarthestFirst(report).ToList();
        var dispensable = frames.Where(place => place.Frame >= FramesOfLastResort).ToList();
        return
        [
            .. frames.Where(place => !Frame(report, place).InOurCode).Select(place => Values(report, place)),
            .. dispensable.Where(place => !Frame(report, place).InOurCode).Select(place => WholeFrame(report, place)),
            .. LogLines(report, report.Breadcrumbs.Count - LogLinesOfLastResort),
            .. dispensable.Where(place => Frame(report, place).InOurCode).Select(place => Values(report, place)),
            .. dispensable.Where(place => Frame(report, place).InOurCode).Select(place => WholeFrame(report, place)),
            .. LogLines(report, LogLinesOfLastResort),
            .. TextLengths.Select(length => new Cut(int.MaxValue, draft => draft.LongestText = length)),
            .. frames.Where(place => place.Frame < FramesOfLastResort).Select(place => Values(report, place)),
            .. frames.Where(place => place.Frame is > 0 and < FramesOfLastResort).Select(place => WholeFrame(report, place)),
        ];
    }

    // The cause lies in the inner exceptions, close to where they were thrown.
    private static IEnumerable<FramePlace> FarthestFirst(ReportDocument report) =>
        report.Exceptions
            .SelectMany((exception, index) => exception.Frames.Select((_, frame) => new FramePlace(index, frame)))
            .OrderByDescending(place => place.Frame)
            .ThenBy(place => place.Exception);

    private static IEnumerable<Cut> LogLines(ReportDocument report, int count) =>
        report.Breadcrumbs.Take(Math.Max(0, count)).Select(line => new Cut(line.Text.Length + Around, draft => draft.LogLinesLeftOut++));

    private static Cut Values(ReportDocument report, FramePlace place)
    {
        var frame = Frame(report, place);
        return new Cut(frame.Arguments.Concat(frame.Locals).Sum(value => value.Name.Length + value.Type.Length + value.Value.Length + Around), draft => draft.WithoutValues.Add(place));
    }

    private static Cut WholeFrame(ReportDocument report, FramePlace place)
    {
        var frame = Frame(report, place);
        return new Cut(frame.Method.Length + frame.Type.Length + frame.Assembly.Length + (frame.File?.Length ?? 0) + Around, draft => draft.Without.Add(place));
    }

    private static ReportedFrame Frame(ReportDocument report, FramePlace place) => report.Exceptions[place.Exception].Frames[place.Frame];
}
