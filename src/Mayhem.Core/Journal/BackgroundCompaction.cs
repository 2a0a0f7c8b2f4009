using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>Compacts an owner's journal whenever that is due, beside the owner's work. A failure is logged and tolerated: the journal goes on as it is.</summary>
public sealed class BackgroundCompaction(IJournal journal, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource disposed = new();
    private Task running = Task.CompletedTask;

    /// <summary>Call after appending, under the lock of the owner. Cheap while nothing is due.</summary>
    /// <param name="capture">
    /// Called at once, under that lock, if a compaction is due: it captures the state, and returns the records that rebuild it. These are
    /// enumerated later, without the lock, so they must not change with the state.
    /// </param>
    public void StartIfDue(Func<IEnumerable<ReadOnlyMemory<byte>>> capture)
    {
        if (!journal.IsCompactionDue)
            return;
        var snapshot = capture();
        running = CompactAsync(journal.BeginCompaction(), snapshot);
    }

    /// <summary>Gives up the compaction under way. Call it before the journal is disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await running;
        disposed.Dispose();
    }

    private async Task CompactAsync(IJournalCompaction compaction, IEnumerable<ReadOnlyMemory<byte>> snapshot)
    {
        await using (compaction)
        {
            try
            {
                await compaction.CompleteAsync(snapshot, disposed.Token);
            }
            catch (OperationCanceledException) when (disposed.IsCancellationRequested)
            {
                Log.JournalCompactionGivenUp(logger);
            }
            catch (Exception failure)
            {
                Log.JournalCompactionFailed(logger, failure);
            }
        }
    }
}
