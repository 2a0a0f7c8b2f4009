using System.Threading.Tasks.Sources;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The places of a pump. One loop takes those that are free, and waits while none is; whoever is done gives a place back. Waiting costs no memory.</summary>
/// <param name="places">How many there are.</param>
internal sealed class PumpRoom(int places) : IValueTaskSource
{
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<bool> freed = new() { RunContinuationsAsynchronously = true };
    private int free = places;
    private bool waiting;
    private bool closed;

    /// <summary>Ends when a place is free, or the room is closed. For one caller at a time.</summary>
    public ValueTask WhenFreeAsync()
    {
        lock (gate)
        {
            if (free > 0 || closed)
                return ValueTask.CompletedTask;
            freed.Reset();
            waiting = true;
            return new ValueTask(this, freed.Version);
        }
    }

    /// <summary>Takes the places that are free, up to a number.</summary>
    public int Take(int most)
    {
        lock (gate)
        {
            var taken = Math.Min(free, most);
            free -= taken;
            return taken;
        }
    }

    /// <summary>Gives places back.</summary>
    public void Give(int count)
    {
        lock (gate)
        {
            free += count;
            if (!waiting)
                return;
            waiting = false;
        }

        freed.SetResult(true);
    }

    /// <summary>Nobody waits any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            if (!waiting)
                return;
            waiting = false;
        }

        freed.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => freed.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => freed.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        freed.OnCompleted(continuation, state, token, flags);
}
