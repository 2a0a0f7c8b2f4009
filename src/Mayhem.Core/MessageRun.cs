using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Locks;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem;

/// <summary>What is known of one delivery while it is processed.</summary>
internal sealed class MessageRun(
    Delivery delivery, IDeliveryActions actions, InFlightMessage shown, FailureHandling failures, CancellationToken invocation, CancellationToken stopping) : IAttemptAccount
{
    private static readonly Verdict NotJudged = new Verdict.HandsOff("not judged yet");

    public Delivery Delivery { get; } = delivery;

    public IDeliveryActions Actions { get; } = actions;

    public InFlightMessage Shown { get; } = shown;

    /// <summary>The request; null until the body has been read.</summary>
    public RestartRequest? Request { get; set; }

    /// <summary>The guards of the host's group; null until they were asked.</summary>
    public GroupGuards? Guards { get; set; }

    /// <summary>The guard that said no; null if none did.</summary>
    public GuardRefusal? Refusal { get; set; }

    public MessageProgress Progress { get; set; } = MessageProgress.Of(delivery);

    /// <summary>What went wrong in the attempt that was made last; null if nothing did.</summary>
    public Failure? Failure { get; set; }

    /// <summary>The exception of the attempt that was made last as it was classified last, and what it was asked with; null before that.</summary>
    public ClassifiedException? Classified { get; set; }

    public Verdict Verdict { get; set; } = NotJudged;

    public bool Settled { get; set; }

    /// <summary>How long it is to be handled alone, because processes died on it; null if it is not.</summary>
    public TimeSpan? Probation { get; set; }

    /// <summary>Its place among the messages that are being handled; null until it has one.</summary>
    public QuarantineStay? Stay { get; set; }

    /// <summary>The time that it is handled alone; null if it is not.</summary>
    public CrashTrial? Trial { get; set; }

    /// <summary>The message's lock; null until it is kept alive.</summary>
    public LockHandle? Lock { get; set; }

    /// <summary>Why the handling was cut short by its lock, if it was.</summary>
    public LockEnd LockEnd => Lock?.End ?? LockEnd.None;

    /// <summary>How much longer the message may merely wait in place.</summary>
    public TimeSpan Patience => Lock?.Patience ?? TimeSpan.Zero;

    /// <summary>True if this process, or the host above it, asked the handling to stop.</summary>
    public bool IsStopping => invocation.IsCancellationRequested || stopping.IsCancellationRequested;

    /// <inheritdoc />
    public RecordedFailure? Account(Exception failure) => failures.Account(this, failure);
}

/// <summary>An exception that was classified, and what was asked with it.</summary>
internal sealed record ClassifiedException(Exception Exception, bool Stopping, LockEnd LockEnd, Failure Failure);
