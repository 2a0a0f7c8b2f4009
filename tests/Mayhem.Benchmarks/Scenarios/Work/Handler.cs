using System.Diagnostics;

namespace Mayhem.Benchmarks.Scenarios.Work;

/// <summary>What every contender's handler does with a request, and the book it keeps about that.</summary>
/// <param name="messages">How many requests there are.</param>
/// <param name="hold">How long a request of <see cref="Fate.Holds"/> takes.</param>
public sealed class Handler(int messages, TimeSpan hold)
{
    private readonly long[] sentAt = new long[messages];
    private readonly long[] startedAt = new long[messages];
    private readonly TaskCompletionSource whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int ended;
    private int running;

    /// <summary>How long a request of <see cref="Fate.Later"/> waits.</summary>
    public static TimeSpan Delay { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a request of <see cref="Fate.Holds"/> takes.</summary>
    public TimeSpan Hold => hold;

    /// <summary>Requests being handled now.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Requests that have gone well or failed for good.</summary>
    public int Ended => Volatile.Read(ref ended);

    /// <summary>Ends when every request has gone well or failed for good.</summary>
    public Task Whole => whole.Task;

    /// <summary>Notes that a request is about to be sent.</summary>
    public void Sent(int number) => sentAt[number] = Stopwatch.GetTimestamp();

    /// <summary>Handles a request.</summary>
    /// <param name="requestId">Its id.</param>
    /// <param name="fate">What becomes of it.</param>
    /// <param name="attempt">Which attempt this is, from 1.</param>
    public async ValueTask HandleAsync(string requestId, string fate, int attempt)
    {
        var number = BenchRequest.NumberOf(requestId);
        if (attempt == 1)
            startedAt[number] = Stopwatch.GetTimestamp();
        switch (fate)
        {
            case nameof(Fate.FailsTwice) when attempt <= 2:
                throw new TransientException();
            case nameof(Fate.Later) when attempt == 1:
                throw new LaterException();
            case nameof(Fate.Fatal):
                End();
                throw new FatalException();
            case nameof(Fate.Holds):
                Interlocked.Increment(ref running);
                await Task.Delay(Hold, TimeProvider.System);
                Interlocked.Decrement(ref running);
                break;
        }

        End();
    }

    /// <summary>How long after it was sent each request that was handled was first handled, sorted.</summary>
    public TimeSpan[] Latencies()
    {
        var latencies = sentAt.Zip(startedAt).Where(times => times.Second != 0).Select(times => Stopwatch.GetElapsedTime(times.First, times.Second)).ToArray();
        Array.Sort(latencies);
        return latencies;
    }

    private void End()
    {
        if (Interlocked.Increment(ref ended) == messages)
            whole.SetResult();
    }
}
