namespace Mayhem.Journal;

/// <summary>Something that waits for its turn at the log.</summary>
internal abstract class JournalWork
{
    /// <summary>The journal has failed or was closed before this was done.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>Something other than records that is done in its turn. Ends with exactly one of its methods having run to its end.</summary>
internal abstract class JournalTurn : JournalWork
{
    /// <summary>Runs on the writer's thread; nobody writes meanwhile. An exception from here fails the journal.</summary>
    public abstract void CarryOut(JournalWriter writer);
}

/// <summary>Answers from the writer's thread, with everything that was queued before already durable.</summary>
internal sealed class JournalQuestion<T>(Func<JournalWriter, T> answer) : JournalTurn
{
    private readonly TaskCompletionSource<T> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => answered.Task;

    public override void CarryOut(JournalWriter writer) => answered.SetResult(answer(writer));

    public override void Fail(Exception failure) => answered.TrySetException(failure);
}
