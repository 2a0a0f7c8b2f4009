using Mayhem.Journal;

namespace Mayhem.Model.Doubles;

/// <summary>What a disk keeps of one journal. It outlives the processes that write it.</summary>
internal sealed class SimulatedLog
{
    private readonly List<byte[]> records = [];

    /// <summary>Replays what is there, as the next process would.</summary>
    public void Replay(Action<ReadOnlySpan<byte>> replay)
    {
        foreach (var record in records)
            replay(record);
    }

    /// <summary>Opens the journal for one process.</summary>
    public SimulatedJournal Open(Action<ReadOnlySpan<byte>> replay)
    {
        Replay(replay);
        return new SimulatedJournal(records);
    }
}

/// <summary>A journal whose records are durable at once, until its disk refuses.</summary>
internal sealed class SimulatedJournal(List<byte[]> records) : IJournal
{
    private JournalFailedException? refusal;

    public bool IsCompactionDue => false;

    /// <summary>From now on nothing is taken any more.</summary>
    public void Refuse() => refusal ??= new JournalFailedException("simulated", new IOException("The disk is full."));

    public Task Append(ReadOnlySpan<byte> record)
    {
        if (refusal is not null)
            return Task.FromException(refusal);
        records.Add(record.ToArray());
        return Task.CompletedTask;
    }

    public void AppendUnawaited(ReadOnlySpan<byte> record) => _ = Append(record);

    public ValueTask WriteOutAsync() => refusal is null ? ValueTask.CompletedTask : ValueTask.FromException(refusal);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => refusal is null ? ValueTask.CompletedTask : ValueTask.FromException(refusal);

    public IJournalCompaction BeginCompaction() => throw new InvalidOperationException("No compaction is due.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
