namespace Mayhem.Locks;

/// <summary>The lock of one message, kept alive until the handle is disposed of. Dispose of it when the handler has ended, however it ended.</summary>
public sealed class LockHandle : IAsyncDisposable
{
    internal const int Nowhere = -1;

    private static readonly Action<object?> CancelAtOnce = static handle => ((LockHandle)handle!).handling.Cancel();

    private readonly LockRenewer renewer;
    private readonly IRenewableLock renewable;
    private readonly CancellationTokenSource handling = new();
    private CancellationTokenSource? renewing;
    private CancellationTokenRegistration byInvocation;

    internal LockHandle(LockRenewer renewer, string messageId, in LockTimeline timeline, IRenewableLock renewable)
    {
        this.renewer = renewer;
        this.renewable = renewable;
        MessageId = messageId;
        Timeline = timeline;
        NextStepAt = timeline.NextStepAt;
    }

    /// <summary>The message's id.</summary>
    public string MessageId { get; }

    /// <summary>
    /// Fires when the lock is lost or the ceiling is reached, which <see cref="End"/> tells, when the token fires that <see cref="LockRenewer.Hold"/> was given, and when the process stops:
    /// meant for the handler.
    /// </summary>
    public CancellationToken Token => handling.Token;

    /// <summary>What is known of the lock. Follows the clock until the handle is disposed of.</summary>
    public LockState State => Timeline.State;

    /// <summary>Why the lock made <see cref="Token"/> fire, if it did.</summary>
    public LockEnd End => Timeline.End;

    /// <summary>How much longer the handler may merely wait: half of <see cref="LockOptions.MaxLockDuration"/>, counted from the start, is kept for its work. Never negative.</summary>
    public TimeSpan Patience => End == LockEnd.None ? renewer.PatienceOf(this) : TimeSpan.Zero;

    /// <summary>How often the lock was renewed.</summary>
    public int Renewals => Timeline.Renewals;

    // What follows belongs to the renewer and is changed under its lock only.
    internal LockTimeline Timeline;
    private bool isCalling;
    private TaskCompletionSource? callEnded;

    internal int Place { get; set; } = Nowhere;

    internal TimeSpan NextStepAt { get; set; }

    internal bool Stopped { get; set; }

    /// <summary>The renewal under way, once its call has returned a task.</summary>
    internal Task? Call { get; set; }

    /// <summary>A renewal begins.</summary>
    internal void BeginCall()
    {
        isCalling = true;
        renewing ??= new CancellationTokenSource();
    }

    /// <summary>Ends with the renewal under way; has ended if there is none.</summary>
    internal Task WhenCallEnds() => !isCalling
        ? Task.CompletedTask
        : (callEnded ??= new TaskCompletionSource(renewer.TellsOnThePool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None)).Task;

    /// <summary>The renewal has ended.</summary>
    /// <returns>What tells those who wait for that; null if nobody does.</returns>
    internal TaskCompletionSource? EndCall()
    {
        var waiting = callEnded;
        (isCalling, Call, callEnded) = (false, null, null);
        return waiting;
    }

    /// <summary>
    /// Stops renewing at once, and waits for a renewal under way, which is cancelled, until the lock's end at most.
    /// No renewal is sent after that. May be repeated.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        byInvocation.Unregister();
        return renewer.Release(this);
    }

    internal void CancelBy(CancellationToken invocation) => byInvocation = invocation.UnsafeRegister(CancelAtOnce, this);

    internal Task Renew() => renewable.RenewLockAsync(renewing!.Token);

    // CancelAsync: what handlers registered runs on the pool and cannot hold up the caller. What it throws reaches the process's
    // handler of unobserved exceptions.
    internal void CancelHandling() => Cancel(handling);

    internal void CancelRenewal() => Cancel(renewing);

    private void Cancel(CancellationTokenSource? source)
    {
        if (renewer.TellsOnThePool)
            _ = source?.CancelAsync();
        else
            source?.Cancel();
    }
}
