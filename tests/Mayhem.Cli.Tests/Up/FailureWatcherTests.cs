using Mayhem.Cli.Up;
using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Up;

public class FailureWatcherTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task WhileWatching_JournalFails_CancelsTheWorkAndThrowsTheFailure()
    {
        var failure = new JournalFailedException("/data/ledger", new IOException("No space left on device."));
        var watcher = new FailureWatcher([_ => Task.CompletedTask, _ => Task.FromException(failure)], clock);

        var watching = watcher.WhileWatchingAsync(ending => Task.Delay(Timeout.InfiniteTimeSpan, clock, ending), CancellationToken.None);
        Assert.False(watching.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(failure, await Assert.ThrowsAsync<JournalFailedException>(() => watching));
    }

    [Fact]
    public async Task WhileWatching_WorkDone_Returns() =>
        await new FailureWatcher([_ => Task.CompletedTask], clock).WhileWatchingAsync(_ => Task.CompletedTask, CancellationToken.None);

    [Fact]
    public async Task WhileWatching_WorkFails_ThrowsItsFailure() => await Assert.ThrowsAsync<InvalidDataException>(
        () => new FailureWatcher([_ => Task.CompletedTask], clock).WhileWatchingAsync(_ => Task.FromException(new InvalidDataException("x")), CancellationToken.None));

    [Fact]
    public async Task WhileWatching_Stopped_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var watching = new FailureWatcher([], clock).WhileWatchingAsync(ending => Task.Delay(Timeout.InfiniteTimeSpan, clock, ending), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }
}
