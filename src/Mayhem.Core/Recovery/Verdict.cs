using System.Globalization;

namespace Mayhem.Recovery;

/// <summary>What is to be done with a delivery. One of a closed set; one switch carries it out.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The work is done, or need not be done.</summary>
    public sealed record Complete(string Why) : Verdict;

    /// <summary>Try again in place, under the same lock.</summary>
    public sealed record RetryNow : Verdict
    {
        /// <summary>Waits for the delay and tries again.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
        public RetryNow(TimeSpan delay)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
            Delay = delay;
        }

        /// <summary>How long to wait first.</summary>
        public TimeSpan Delay { get; }
    }

    /// <summary>Try again later: schedule a copy, then complete the original.</summary>
    public sealed record RetryLater(DateTimeOffset DueAt) : Verdict;

    /// <summary>Trying again cannot help, or must not go on.</summary>
    public sealed record DeadLetter : Verdict
    {
        /// <summary>Dead-letters.</summary>
        /// <param name="reason">A stable code.</param>
        /// <param name="description">What a person reads.</param>
        public DeadLetter(string reason, string description)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(reason);
            Reason = reason;
            Description = description;
        }

        /// <summary>A stable code: one of <see cref="DeadLetterReasons"/>.</summary>
        public string Reason { get; }

        /// <summary>What a person reads.</summary>
        public string Description { get; }
    }

    /// <summary>Give the message back: the broker delivers it again at once.</summary>
    /// <param name="Why">Why, in a few words.</param>
    /// <param name="NotBefore">When its next attempt is due; null for at once. The message waits for the rest under its next lock.</param>
    public sealed record Abandon(string Why, DateTimeOffset? NotBefore = null) : Verdict;

    /// <summary>The lock is lost: touch nothing.</summary>
    public sealed record HandsOff(string Why) : Verdict;

    /// <summary>Abandon the message and end the process.</summary>
    public sealed record StopProcess(string Why) : Verdict;

    /// <summary>How long the next attempt waits, counted from a time; null if the verdict names no delay.</summary>
    public TimeSpan? DelayFrom(DateTimeOffset at) => this switch
    {
        RetryNow retry => retry.Delay,
        RetryLater later => later.DueAt - at,
        Abandon { NotBefore: { } due } => due - at,
        _ => null,
    };

    /// <summary>The verdict in a few words, for logs and reports.</summary>
    public string Summary => this switch
    {
        Complete complete => $"complete: {complete.Why}",
        RetryNow retry => string.Create(CultureInfo.InvariantCulture, $"retry in place after {retry.Delay.TotalSeconds:0.###} s"),
        RetryLater later => string.Create(CultureInfo.InvariantCulture, $"retry at {later.DueAt:u}"),
        DeadLetter dead => $"dead-letter as {dead.Reason}",
        Abandon abandon => $"abandon: {abandon.Why}",
        HandsOff hands => $"hands off: {hands.Why}",
        StopProcess stop => $"stop the process: {stop.Why}",
        _ => GetType().Name,
    };
}
