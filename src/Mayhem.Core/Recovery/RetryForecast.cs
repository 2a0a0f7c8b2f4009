using System.Collections.Immutable;
using Mayhem.Failures;
using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>Where a message waits for its next attempt.</summary>
public enum WaitingPlace
{
    /// <summary>Under its lock.</summary>
    InPlace,

    /// <summary>In the queue, as a scheduled copy.</summary>
    ScheduledCopy,

    /// <summary>One or the other, as the jitter falls.</summary>
    Either,

    /// <summary>Before the later messages of its session, and given back meanwhile: longer than its lock may be held.</summary>
    InSession,
}

/// <summary>The wait after one failed attempt.</summary>
/// <param name="Attempt">The attempt that failed, from 1.</param>
/// <param name="Delay">The delay without jitter.</param>
/// <param name="Shortest">The shortest delay that the jitter allows.</param>
/// <param name="Longest">The longest delay that the jitter allows.</param>
/// <param name="Place">Where it waits.</param>
/// <param name="SoFar">All delays without jitter so far, this one included: when the next attempt begins, if attempts take no time.</param>
public sealed record ForecastStep(int Attempt, TimeSpan Delay, TimeSpan Shortest, TimeSpan Longest, WaitingPlace Place, TimeSpan SoFar);

/// <summary>What would become of a message that fails by one rule again and again. Asks <see cref="RecoveryPolicy"/>, attempt by attempt.</summary>
/// <param name="Steps">The waits; empty for rules that try once.</param>
/// <param name="End">The verdict after the last attempt.</param>
/// <param name="DeadLetterReason">The reason on the dead letter; null if the message does not end as one.</param>
/// <param name="EndsByDeadline">True if the message's deadline ends it while the rule has attempts left.</param>
public sealed record RetryForecast(ImmutableArray<ForecastStep> Steps, Verdict End, string? DeadLetterReason, bool EndsByDeadline)
{
    /// <summary>True if the message is delivered again at once after each failure, until the broker itself dead-letters it as <see cref="DeadLetterReasons.MaxDeliveryCountExceeded"/>.</summary>
    public bool EndsByMaxDeliveryCount => End is Verdict.Abandon { NotBefore: null };

    /// <summary>Foretells.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="exceptionType">The type of the failure, which may be derived from the rule's.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="sessionPatience">For a message in a session, how long one delivery of it waits in place; null for a message in none.</param>
    public static RetryForecast Of(FailureRule rule, Type exceptionType, RecoveryOptions options, TimeSpan? sessionPatience = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(exceptionType);
        var start = DateTimeOffset.UnixEpoch;
        var delivery = new Delivery
        {
            Queue = "forecast", MessageId = "forecast", Body = ReadOnlyMemory<byte>.Empty, DeliveryCount = 1, LockedUntil = DateTimeOffset.MaxValue, EnqueuedAt = start,
            SessionId = sessionPatience is null ? null : "forecast",
        };
        // Carries no delay of its own, so that rules which read one show their fallback.
        var failure = new Failure(new ForecastException(), new ForecastException(), rule.Class, rule, "", "", start);
        var budget = AttemptBudget.Untouched;
        var waited = TimeSpan.Zero;
        var steps = ImmutableArray.CreateBuilder<ForecastStep>();
        while (true)
        {
            budget = rule.Delay is null ? budget : budget.Spend(rule.Name);
            var verdict = Decide(0.5);
            if (DelayOf(verdict, failure.At) is not { } delay)
                return new RetryForecast(steps.ToImmutable(), verdict, Reason(verdict, rule, exceptionType), verdict is Verdict.DeadLetter && rule.Delay is not null && budget.Failures < rule.MaxAttempts);
            steps.Add(new ForecastStep(budget.Failures, delay, Delay(0), Delay(1), Place(Decide(0), verdict, Decide(1)), failure.At + delay - start));
            // Another delivery has a lock of its own.
            waited = verdict is Verdict.RetryNow ? waited + delay : TimeSpan.Zero;
            failure = failure with { At = failure.At + delay };
        }

        Verdict Decide(double random) => RecoveryPolicy.Decide(failure, delivery, budget, options, random, sessionPatience - waited);

        TimeSpan Delay(double random) => rule.Delay!.Next(failure.Cause, budget.Failures, failure.At, random);
    }

    private static TimeSpan? DelayOf(Verdict verdict, DateTimeOffset at) => verdict switch
    {
        Verdict.RetryNow now => now.Delay,
        Verdict.RetryLater later => later.DueAt - at,
        Verdict.Abandon { NotBefore: { } due } => due - at,
        _ => null,
    };

    private static WaitingPlace Place(params ReadOnlySpan<Verdict> verdicts)
    {
        var (inPlace, elsewhere) = (false, false);
        foreach (var verdict in verdicts)
        {
            if (verdict is Verdict.Abandon)
                return WaitingPlace.InSession;
            inPlace |= verdict is Verdict.RetryNow;
            elsewhere |= verdict is Verdict.RetryLater;
        }

        if (inPlace && elsewhere)
            return WaitingPlace.Either;
        return inPlace ? WaitingPlace.InPlace : WaitingPlace.ScheduledCopy;
    }

    private static string? Reason(Verdict verdict, FailureRule rule, Type type) => verdict switch
    {
        Verdict.DeadLetter when rule.Class == FailureClass.Fatal => DeadLetterReasons.Fatal(rule, type),
        Verdict.DeadLetter dead => dead.Reason,
        Verdict.Abandon => DeadLetterReasons.MaxDeliveryCountExceeded,
        _ => null,
    };

    private sealed class ForecastException : Exception;
}
