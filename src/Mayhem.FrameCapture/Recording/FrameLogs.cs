using System.Collections;

namespace Mayhem.FrameCapture.Recording;

/// <summary>
/// The logs of exceptions. Each is in the <see cref="Exception.Data"/> of its exception, and so lives as long: a table beside the exceptions, with handles that are weak, cost a storm more than
/// all else here.
/// </summary>
internal static class FrameLogs
{
    private static readonly Lock Gate = new();
    private static readonly object Refused = new NoFrames();

    /// <summary>The log of an exception; null if it has none.</summary>
    public static FrameLog? Find(Exception exception) => exception.Data[CapturedFrames.DataKey] as FrameLog;

    /// <summary>
    /// The log of an exception: a new one if it has none and may have one, otherwise null. It is asked once whether it may. One that all throw alike when memory or the stack runs out cannot
    /// have any.
    /// </summary>
    public static FrameLog? FindOrAdd<TState>(Exception exception, TState state, Func<TState, bool> mayAdd)
    {
        var data = exception.Data;
        return (data[CapturedFrames.DataKey] ?? Add(data, state, mayAdd)) as FrameLog;
    }

    private static object? Add<TState>(IDictionary data, TState state, Func<TState, bool> mayAdd)
    {
        if (data.IsReadOnly)
            return null;

        // An exception in a task is thrown again in everybody who awaits it, at the same time.
        lock (Gate)
            return data[CapturedFrames.DataKey] ??= mayAdd(state) ? new FrameLog() : Refused;
    }

    private sealed class NoFrames
    {
        public override string ToString() => "not captured";
    }
}
