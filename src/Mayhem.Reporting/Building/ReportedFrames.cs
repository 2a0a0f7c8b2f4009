using System.Diagnostics;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Building;

/// <summary>The frames that an exception passed through.</summary>
internal static class ReportedFrames
{
    private const int Most = 100;

    /// <summary>Innermost first.</summary>
    public static IReadOnlyList<ReportedFrame> Of(Exception exception)
    {
        var frames = new List<ReportedFrame>();
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frames.Count < Most && frame.GetMethod() is { } method)
            {
                frames.Add(new ReportedFrame(
                    $"{method.DeclaringType?.Name}.{method.Name}", method.DeclaringType?.FullName ?? "", method.Module.Assembly.GetName().Name ?? "",
                    frame.GetFileName(), frame.GetFileLineNumber(), method.DeclaringType?.Namespace?.StartsWith("Mayhem", StringComparison.Ordinal) == true, [], []));
            }
        }

        return frames;
    }
}
