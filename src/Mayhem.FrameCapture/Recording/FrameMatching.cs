using System.Diagnostics;
using System.Reflection;
using Mayhem.FrameCapture.Names;

namespace Mayhem.FrameCapture.Recording;

/// <summary>Finds for each frame of a stack trace the frame that was recorded there. Both know their method; recursion makes order matter.</summary>
internal static class FrameMatching
{
    public static IReadOnlyList<TracedFrame> Match(StackFrame[] trace, RecordedFrames recorded)
    {
        var places = new CapturedFrame?[trace.Length];
        var methods = Array.ConvertAll(trace, frame => frame.GetMethod());
        var unplaced = new List<CapturedFrame>();

        // From the outside: of two awaits of one failed task, the trace has the last, and so have the frames recorded last.
        // If some were dropped, the first ones are aligned with the place of the throw instead.
        var outermost = recorded.Latest.Length > 0 ? recorded.Latest : recorded.Earliest;
        var start = MatchFromTheOutside(methods, CapturedFrames.Resolved(outermost).ToList(), places, unplaced);
        if (recorded.Latest.Length > 0)
            MatchFromTheInside(methods, CapturedFrames.Resolved(recorded.Earliest), start, places, unplaced);

        return
        [
            .. Enumerable.Range(0, trace.Length)
                .Where(index => methods[index] is not { } method || !MethodFacts.Of(method).IsHidden)
                .Select(index => Traced(trace[index], places[index])),
            .. unplaced.Where(frame => !IsPlaced(frame, places)).Select(NotTraced),
        ];
    }

    // A method that caught the exception and threw it again was recorded twice; its place has the later one.
    private static bool IsPlaced(CapturedFrame frame, CapturedFrame?[] places) => places.Any(placed => IsSame(placed?.Method, frame.Method));

    // Returns the innermost place taken.
    private static int MatchFromTheOutside(
        MethodBase?[] trace, List<CapturedFrame> captured, CapturedFrame?[] places, List<CapturedFrame> unplaced)
    {
        var end = trace.Length;
        for (var index = captured.Count - 1; index >= 0; index--)
        {
            var place = end - 1;
            while (place >= 0 && !IsSame(trace[place], captured[index].Method))
                place--;
            if (place < 0)
            {
                unplaced.Insert(0, captured[index]);
                continue;
            }

            places[place] = captured[index];
            end = place;
        }

        return end;
    }

    private static void MatchFromTheInside(
        MethodBase?[] trace, IEnumerable<CapturedFrame> captured, int end, CapturedFrame?[] places, List<CapturedFrame> unplaced)
    {
        var next = 0;
        foreach (var frame in captured)
        {
            var place = next;
            while (place < end && !IsSame(trace[place], frame.Method))
                place++;
            if (place == end)
            {
                unplaced.Add(frame);
                continue;
            }

            places[place] = frame;
            next = place + 1;
        }
    }

    private static bool IsSame(MethodBase? traced, MethodBase captured) =>
        traced is not null && traced.MetadataToken == captured.MetadataToken && traced.Module == captured.Module;

    private static TracedFrame Traced(StackFrame frame, CapturedFrame? captured)
    {
        var (file, line) = SourceLines.Of(frame);
        return Traced(frame.GetMethod(), captured) with { File = file, Line = line, Variables = captured?.Variables(frame.GetILOffset()) ?? [] };
    }

    private static TracedFrame NotTraced(CapturedFrame captured) => Traced(captured.Method, captured) with
    {
        IsInTrace = false,
        Variables = captured.Variables(),
    };

    private static TracedFrame Traced(MethodBase? method, CapturedFrame? captured) => new()
    {
        Method = method,
        Name = method is null ? "(unknown)" : MethodFacts.Of(method).Name,
        DeclaringType = method is null ? null : MethodFacts.Of(method).DeclaringType,
        IsCaptured = captured is not null,
    };
}
