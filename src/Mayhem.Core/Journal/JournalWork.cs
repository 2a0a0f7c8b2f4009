namespace Mayhem.Journal;

/// <summary>Something the writer does in its turn. Ends with exactly one of its methods having run to its end.</summary>
internal abstract class JournalWork
{
    /// <summary>Runs on the writer's thread. An exception from here fails the journal.</summary>
    public abstract void CarryOut(JournalWriter writer);

    /// <summary>The journal has failed or was closed before this was done.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>Answers from the writer's thread, with everything that was queued before already written.</summary>
internal sealed class JournalQuestion<T>(Func<JournalWriter, T> answer) : JournalWork
{
    private readonly TaskCompletionSource<T> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => answered.Task;

    public override void CarryOut(JournalWriter writer) => answered.SetResult(answer(writer));

    public override void Fail(Exception failure) => answered.TrySetException(failure);
}
