using System.Diagnostics.CodeAnalysis;

namespace Mayhem.FrameCapture.Recording;

/// <summary>The exception that passed through this thread last, and its log: it most often is the next one, too. Keeps neither alive.</summary>
internal sealed class LatestLog
{
    [ThreadStatic]
    private static LatestLog? ofThisThread;

    private readonly WeakReference<Exception?> exception = new(null);
    private readonly WeakReference<FrameLog?> log = new(null);

    public static LatestLog OfThisThread => ofThisThread ??= new LatestLog();

    public bool TryGet(Exception thrown, [NotNullWhen(true)] out FrameLog? found)
    {
        found = null;
        return exception.TryGetTarget(out var latest) && ReferenceEquals(latest, thrown) && log.TryGetTarget(out found);
    }

    public void Set(Exception thrown, FrameLog itsLog)
    {
        exception.SetTarget(thrown);
        log.SetTarget(itsLog);
    }
}
