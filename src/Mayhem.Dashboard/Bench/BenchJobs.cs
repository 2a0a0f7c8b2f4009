using Mayhem.DeadLetters.Work;

namespace Mayhem.Dashboard.Bench;

/// <summary>Runs one operation after the other. Thread-safe.</summary>
/// <param name="changed">Hears that dead letters have gone.</param>
/// <param name="ending">Cancels what runs.</param>
internal sealed class BenchJobs(Action changed, CancellationToken ending) : IDisposable
{
    private readonly Lock gate = new();
    private BenchJob? last;

    /// <summary>The operation that runs, or ran last; null if there was none.</summary>
    public BenchJob? Last
    {
        get
        {
            lock (gate)
                return last;
        }
    }

    /// <summary>Begins an operation.</summary>
    /// <returns>It; null if another one runs.</returns>
    public BenchJob? TryStart(string action, Func<IProgress<BenchProgress>, CancellationToken, Task<BenchOutcome>> work)
    {
        lock (gate)
        {
            if (last is { Done.IsCompleted: false })
                return null;
            var before = last;
            last = new BenchJob((before?.Id ?? 0) + 1, action, work, changed, ending);
            before?.Dispose();
            return last;
        }
    }

    /// <inheritdoc />
    public void Dispose() => Last?.Dispose();

    /// <summary>Returns when nothing runs any more; cancel it before.</summary>
    public Task EndedAsync() => Last?.Done ?? Task.CompletedTask;
}
