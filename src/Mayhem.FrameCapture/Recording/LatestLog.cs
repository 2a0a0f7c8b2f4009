using System.Diagnostics.CodeAnalysis;

namespace Mayhem.FrameCapture.Recording;

/// <summary>The log of the exception that passed through this thread last: it most often is the next one, too. Does not keep it alive.</summary>
internal static class LatestLog
{
    [ThreadStatic]
    private static WeakReference<FrameLog>? ofThisThread;

    public static bool TryGet(Exception exception, [NotNullWhen(true)] out FrameLog? log)
    {
        if (ofThisThread is { } latest && latest.TryGetTarget(out log) && log.Exception == exception)
            return true;
        log = null;
        return false;
    }

    public static void Set(FrameLog? log)
    {
        if (log is null)
            return;
        if (ofThisThread is { } latest)
            latest.SetTarget(log);
        else
            ofThisThread = new WeakReference<FrameLog>(log);
    }
}
