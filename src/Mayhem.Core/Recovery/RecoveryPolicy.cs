using System.Globalization;
using Mayhem.Failures;
using Mayhem.Messages;

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
    /// <param name="mayWait">False if the lock has been held for as long as it may, so that nothing can be waited for in place.</param>
    public static Verdict Decide(Failure failure, Delivery delivery, AttemptBudget budget, RecoveryOptions options, double random, bool mayWait = true)
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
                return DecideRetry(failure, delivery, budget, options, random, mayWait);
        }
    }

    /// <summary>Decides about a message that must wait for a time of somebody else's choosing, with no attempt used up.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="now">The wall clock.</param>
    public static Verdict Postpone(Delivery delivery, TimeSpan delay, RecoveryOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(options);
        if (WaitsInPlace(delivery, delay, options))
            return new Verdict.RetryNow(delay);
        return HasExpired(delivery, now + delay)
            ? new Verdict.DeadLetter(DeadLetterReasons.RetryWouldExpire, WouldExpire(delivery, now + delay).TrimEnd())
            : new Verdict.RetryLater(now + delay);
    }

    /// <summary>When the broker accepted the first message of the chain of copies.</summary>
    public static DateTimeOffset FirstEnqueuedAt(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return DateTimeOffset.TryParseExact(
            MessageProperties.Text(delivery.Properties, MessageProperties.FirstEnqueuedAt), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? first
            : delivery.EnqueuedAt;
    }

    private static Verdict DecideRetry(Failure failure, Delivery delivery, AttemptBudget budget, RecoveryOptions options, double random, bool mayWait)
    {
        var used = budget.Used(failure.Rule.Name);
        if (used >= failure.Rule.MaxAttempts)
            return new Verdict.DeadLetter(DeadLetterReasons.RetriesExhausted, Describe(failure, budget));

        var delay = failure.Rule.Delay!.Next(failure.Cause, used, failure.At, random);
        var due = failure.At + delay;
        var deadline = FirstEnqueuedAt(delivery) + options.Deadline;
        if (due > deadline)
        {
            return new Verdict.DeadLetter(
                DeadLetterReasons.RetriesExhausted, Describe(failure, budget, $"The next attempt would be after the message's deadline of {deadline:u}. "));
        }

        if (mayWait && WaitsInPlace(delivery, delay, options))
            return new Verdict.RetryNow(delay);
        if (delivery.SessionId is not null)
            return new Verdict.Abandon("its lock was held for as long as it may, and a copy would overtake its session");
        return HasExpired(delivery, due)
            ? new Verdict.DeadLetter(DeadLetterReasons.RetryWouldExpire, Describe(failure, budget, WouldExpire(delivery, due)))
            : new Verdict.RetryLater(due);
    }

    // On a session queue a copy would overtake its successors.
    private static bool WaitsInPlace(Delivery delivery, TimeSpan delay, RecoveryOptions options) =>
        delay < options.InPlaceLimit || delivery.SessionId is not null;

    private static bool HasExpired(Delivery delivery, DateTimeOffset due) => due >= delivery.ExpiresAt;

    private static string WouldExpire(Delivery delivery, DateTimeOffset due) =>
        string.Create(CultureInfo.InvariantCulture, $"The next attempt is due at {due:u}, and the message expires at {delivery.ExpiresAt:u}. ");

    // The message is cut where the text would be too long, so that it always ends with the way to the report.
    private static string Describe(Failure failure, AttemptBudget budget, string lead = "")
    {
        var start = $"{lead}{BoundedText.Cut(failure.Type, 200)}: ";
        var end = string.Create(CultureInfo.InvariantCulture, $" (attempt {Math.Max(1, budget.Failures)}, report {failure.ReportId})");
        return start + BoundedText.Cut(failure.Cause.Message, DeadLetters.MaxText - start.Length - end.Length) + end;
    }
}
