namespace Mayhem.Cli.Up;

/// <summary>Notices that the disk takes no more records, or that the fleet does not start: nothing can be finished then, and the run must not wait for it.</summary>
/// <param name="checks">Each fails once what it looks at has.</param>
/// <param name="clock">The clock to wait by.</param>
internal sealed class FailureWatcher(IReadOnlyList<Func<CancellationToken, Task>> checks, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Does the work. If a check fails meanwhile, the work is cancelled and the check's failure is thrown.</summary>
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
