using System.Globalization;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Redaction;

namespace Mayhem.Recovery;

/// <summary>Decides what becomes of a failed delivery. Pure: the same arguments give the same verdict.</summary>
public static class RecoveryPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="delivery">The delivery that failed.</param>
    /// <param name="budget">Attempts used up, this failure included.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="random">0 to 1, for jitter.</param>
    /// <param name="patience">How much longer the message may wait in place, 0 if not at all; null for as long as it likes.</param>
    /// <param name="held">How long guards have held the message back: its deadline is that much later.</param>
    public static Verdict Decide(
        Failure failure, Delivery delivery, AttemptBudget budget, RecoveryOptions options, double random, TimeSpan? patience = null, TimeSpan held = default)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(options);
        switch (failure.Class)
        {
            case FailureClass.ProcessFatal:
                return new Verdict.StopProcess(failure.Type);
            case FailureClass.LockLost:
                return new Verdict.HandsOff("the lock is lost");
            case FailureClass.Stopping:
                return new Verdict.Abandon("stopping");
            case FailureClass.Poison:
                return new Verdict.DeadLetter(DeadLetterReasons.Poison, Describe(failure, budget));
            case FailureClass.Fatal:
                return new Verdict.DeadLetter(DeadLetterReasons.Fatal(failure), Describe(failure, budget));
            case FailureClass.Abandoned:
                return new Verdict.Abandon($"{failure.Type} is for another delivery to deal with");
            case FailureClass.Tolerated:
                return new Verdict.Complete($"{failure.Type} is tolerated");
            default:
                return DecideRetry(failure, delivery, budget, options, random, patience, held);
        }
    }

    /// <summary>Decides about a message that must wait for a time of somebody else's choosing, with no attempt used up.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="patience">As for <see cref="Decide"/>.</param>
    public static Verdict Postpone(Delivery delivery, TimeSpan delay, RecoveryOptions options, DateTimeOffset now, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(options);
        return WaitOf(delivery, delay, options, now, patience) ?? new Verdict.DeadLetter(DeadLetterReasons.RetryWouldExpire, WouldExpire(delivery, now + delay).TrimEnd());
    }

    /// <summary>Decides about a message whose target is left alone for a while. It waits with no attempt used up, but not past its deadline.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="patience">As for <see cref="Decide"/>.</param>
    /// <param name="held">As for <see cref="Decide"/>.</param>
    public static Verdict HoldBack(Delivery delivery, TimeSpan delay, RecoveryOptions options, DateTimeOffset now, TimeSpan? patience = null, TimeSpan held = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(options);
        var deadline = DeadlineOf(delivery, options, held);
        return now + delay > deadline
            ? new Verdict.DeadLetter(DeadLetterReasons.RetriesExhausted, string.Create(CultureInfo.InvariantCulture, $"The next attempt would be after the message's deadline of {deadline:u}."))
            : Postpone(delivery, delay, options, now, patience);
    }

    /// <summary>Decides whether a message goes on waiting that was abandoned while it waited; null if its time has come. Its deadline is the latest time.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="patience">How long it may wait in place. In a session it waits that long before it is abandoned again, so that a long wait takes few deliveries.</param>
    public static Verdict? GoOnWaiting(Delivery delivery, RecoveryOptions options, DateTimeOffset now, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(options);
        if (MessageProperties.Time(delivery.Properties, MessageProperties.NotBefore) is not { } due)
            return null;
        var deadline = DeadlineOf(delivery, options, TimeSpan.FromSeconds(MessageProperties.Number(delivery.Properties, MessageProperties.Held)));
        var wait = (due < deadline ? due : deadline) - now;
        if (wait <= TimeSpan.Zero)
            return null;
        return KeepsOrder(delivery, options) && wait > patience && patience > TimeSpan.Zero
            ? new Verdict.RetryNow(patience)
            : Postpone(delivery, wait, options, now, patience);
    }

    /// <summary>True if no further attempt may be made after failures by this rule.</summary>
    public static bool IsUsedUp(AttemptBudget budget, FailureRule rule)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Delay is not null && budget.Used(rule.Name) >= rule.MaxAttempts;
    }

    /// <summary>When the broker accepted the first message of the chain of copies.</summary>
    public static DateTimeOffset FirstEnqueuedAt(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return MessageProperties.Time(delivery.Properties, MessageProperties.FirstEnqueuedAt) ?? delivery.EnqueuedAt;
    }

    private static Verdict DecideRetry(Failure failure, Delivery delivery, AttemptBudget budget, RecoveryOptions options, double random, TimeSpan? patience, TimeSpan held)
    {
        if (IsUsedUp(budget, failure.Rule))
            return new Verdict.DeadLetter(DeadLetterReasons.RetriesExhausted, Describe(failure, budget));

        var delay = failure.Rule.Delay!.Next(failure.Cause, budget.Used(failure.Rule.Name), failure.At, random);
        var due = failure.At + delay;
        var deadline = DeadlineOf(delivery, options, held);
        if (due > deadline)
        {
            return new Verdict.DeadLetter(
                DeadLetterReasons.RetriesExhausted, Describe(failure, budget, $"The next attempt would be after the message's deadline of {deadline:u}. "));
        }

        return WaitOf(delivery, delay, options, failure.At, patience)
            ?? new Verdict.DeadLetter(DeadLetterReasons.RetryWouldExpire, Describe(failure, budget, WouldExpire(delivery, due)));
    }

    /// <summary>Where a message waits; null if it would expire meanwhile.</summary>
    private static Verdict? WaitOf(Delivery delivery, TimeSpan delay, RecoveryOptions options, DateTimeOffset now, TimeSpan? patience)
    {
        var mayWaitInPlace = patience is not { } limit || (limit > TimeSpan.Zero && delay <= limit);
        if (mayWaitInPlace && delay < options.InPlaceLimit)
            return new Verdict.RetryNow(delay);
        if (HasExpired(delivery, now + delay))
            return null;
        if (!KeepsOrder(delivery, options))
            return new Verdict.RetryLater(now + delay);

        // A copy would be overtaken by the later messages of its session. The broker delivers an abandoned message before them.
        return mayWaitInPlace ? new Verdict.RetryNow(delay) : new Verdict.Abandon("it waits longer than its lock may be held, and keeps its place in its session", now + delay);
    }

    private static DateTimeOffset DeadlineOf(Delivery delivery, RecoveryOptions options, TimeSpan held) => FirstEnqueuedAt(delivery) + options.Deadline + held;

    private static bool KeepsOrder(Delivery delivery, RecoveryOptions options) => delivery.SessionId is not null && !options.ReorderSessions;

    private static bool HasExpired(Delivery delivery, DateTimeOffset due) => due >= delivery.ExpiresAt;

    private static string WouldExpire(Delivery delivery, DateTimeOffset due) =>
        string.Create(CultureInfo.InvariantCulture, $"The next attempt is due at {due:u}, and the message expires at {delivery.ExpiresAt:u}. ");

    // The message is cut where the text would be too long, so that it always ends with the way to the report.
    private static string Describe(Failure failure, AttemptBudget budget, string lead = "")
    {
        var start = $"{lead}{BoundedText.Cut(failure.Type, 200)}: ";
        var end = string.Create(CultureInfo.InvariantCulture, $" (attempt {Math.Max(1, budget.Failures)}, report {failure.ReportId})");
        return start + BoundedText.Cut(Redactor.MessageOf(failure.Cause), DeadLetters.MaxText - start.Length - end.Length) + end;
    }
}
