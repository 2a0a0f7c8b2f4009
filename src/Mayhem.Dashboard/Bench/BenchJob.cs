using Mayhem.DeadLetters.Work;

namespace Mayhem.Dashboard.Bench;

/// <summary>One operation on many dead letters, while it goes on and afterwards. It goes on when the page is closed. Thread-safe.</summary>
internal sealed class BenchJob : IProgress<BenchProgress>, IDisposable
{
    private readonly CancellationTokenSource cancelling;
    private volatile BenchProgress? progress;
    private volatile BenchOutcome? outcome;
    private volatile string? error;

    /// <summary>Begins one.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="action">What is done, in a word.</param>
    /// <param name="work">Does it.</param>
    /// <param name="ended">Hears that it has ended.</param>
    /// <param name="ending">Cancels it, as its operator can.</param>
    public BenchJob(int id, string action, Func<IProgress<BenchProgress>, CancellationToken, Task<BenchOutcome>> work, Action ended, CancellationToken ending)
    {
        Id = id;
        Action = action;
        cancelling = CancellationTokenSource.CreateLinkedTokenSource(ending);
        Done = Task.Run(() => RunAsync(work, ended), CancellationToken.None);
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>What is done, in a word.</summary>
    public string Action { get; }

    /// <summary>Completes when it has ended, however.</summary>
    public Task Done { get; }

    /// <summary>How it stands.</summary>
    public BenchJobState State => new(Id, Action, !Done.IsCompleted && outcome is null && error is null, progress, outcome, error);

    /// <summary>Stops after the messages that are under way.</summary>
    public void Cancel() => cancelling.Cancel();

    /// <inheritdoc />
    public void Report(BenchProgress value) => progress = value;

    /// <inheritdoc />
    public void Dispose() => cancelling.Dispose();

    private async Task RunAsync(Func<IProgress<BenchProgress>, CancellationToken, Task<BenchOutcome>> work, Action ended)
    {
        try
        {
            outcome = await work(this, cancelling.Token);
        }
        catch (Exception failure)
        {
            error = cancelling.IsCancellationRequested ? "It was cancelled before it had begun." : Redaction.Redactor.MessageOf(failure);
        }

        ended();
    }
}

/// <summary>How an operation stands.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Action">What is done, in a word.</param>
/// <param name="Running">True while it goes on.</param>
/// <param name="Progress">How far it is; null at first.</param>
/// <param name="Outcome">What came of it; null while it goes on, or if it failed as a whole.</param>
/// <param name="Error">Why it failed as a whole; null if it did not.</param>
internal sealed record BenchJobState(int Id, string Action, bool Running, BenchProgress? Progress, BenchOutcome? Outcome, string? Error);
