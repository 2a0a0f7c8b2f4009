using Mayhem.Journal;

namespace Mayhem.Cli.Up;

/// <summary>Notices that the disk takes no more records: nothing can be finished then, and the run must not wait for it.</summary>
/// <param name="checks">Each fails once its journal has.</param>
/// <param name="clock">The clock to wait by.</param>
internal sealed class DiskWatcher(IReadOnlyList<Func<CancellationToken, Task>> checks, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Does the work. If a journal fails meanwhile, the work is cancelled and the journal's failure is thrown.</summary>
    /// <exception cref="JournalFailedException">A journal has failed.</exception>
    public async Task WhileWatchingAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = WatchAsync(ending.Token);
        var working = work(ending.Token);
        await Task.WhenAny(watching, working);
        await ending.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watching;
        await working;
    }

    private async Task WatchAsync(CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, ending);
                foreach (var check in checks)
                    await check(ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
    }
}
