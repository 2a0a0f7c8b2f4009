using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Mayhem.FrameCapture.Recording;

/// <summary>
/// The logs of the latest exceptions, each for as long as its exception lives. The entries of a <see cref="ConditionalWeakTable{TKey, TValue}"/> pile up from one
/// garbage collection to the next, and cost a storm more than all else here; so a log gives way as soon as eight newer ones have come to its set, some thousand
/// exceptions later.
/// </summary>
internal sealed class FrameLogs
{
    private const int Sets = 512;
    private const int PerSet = 8;

    private readonly Lock gate = new();
    private readonly DependentHandle[] handles = new DependentHandle[Sets * PerSet];

    /// <summary>The log of an exception, if it has one.</summary>
    public bool TryGet(Exception exception, [NotNullWhen(true)] out FrameLog? log)
    {
        var set = SetOf(exception);
        lock (gate)
            log = Find(set, exception);
        return log is not null;
    }

    /// <summary>The log of an exception: a new one if it has none and may have one, otherwise null.</summary>
    public FrameLog? GetOrAdd<TState>(Exception exception, TState state, Func<TState, bool> mayAdd)
    {
        var set = SetOf(exception);
        lock (gate)
        {
            if (Find(set, exception) is { } known)
                return known;
            if (!mayAdd(state))
                return null;
            var log = new FrameLog(exception);
            var handle = new DependentHandle(exception, log);
            set[^1].Dispose();
            set[..^1].CopyTo(set[1..]);
            set[0] = handle;
            return log;
        }
    }

    // The newest comes first.
    private static FrameLog? Find(Span<DependentHandle> set, Exception exception)
    {
        foreach (ref var handle in set)
        {
            if (handle.IsAllocated && handle.Target == exception)
                return (FrameLog?)handle.Dependent;
        }

        return null;
    }

    // Hash codes of objects are random.
    private Span<DependentHandle> SetOf(Exception exception) => handles.AsSpan(RuntimeHelpers.GetHashCode(exception) % Sets * PerSet, PerSet);
}
