using System.Globalization;

namespace Mayhem.Failures;

/// <summary>How long to wait before the next attempt.</summary>
public abstract record RetryDelay
{
    private RetryDelay()
    {
    }

    /// <summary>No rule waits longer than this: 1 day. A longer delay would be a mistake of whoever named it.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

    /// <summary>Always the same time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or longer than <see cref="Longest"/>.</exception>
    public static RetryDelay Fixed(TimeSpan delay) => new FixedDelay(InRange(delay, nameof(delay)));

    /// <summary>The time that the exception carries in a property; the fallback where it carries none.</summary>
    /// <param name="property">The property's name: a TimeSpan, seconds as a number or a string, an HTTP date, a DateTime or a DateTimeOffset.</param>
    /// <param name="fallback">Used when the property is absent, empty or unreadable.</param>
    public static RetryDelay From(string property, TimeSpan fallback)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(property);
        return new DelayFromException(property, InRange(fallback, nameof(fallback)));
    }

    /// <summary>First, first × factor, first × factor² …, never more than the cap, spread by jitter so that failures of one moment do not come back together.</summary>
    /// <param name="first">The first delay.</param>
    /// <param name="factor">1 to 100.</param>
    /// <param name="cap">The longest delay.</param>
    /// <param name="jitter">0 to 1: the share of a delay that is drawn by chance, up and down.</param>
    public static RetryDelay Exponential(TimeSpan first, double factor, TimeSpan cap, double jitter = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter, 1);
        return new ExponentialDelay(InRange(first, nameof(first)), factor, InRange(cap, nameof(cap)), jitter);
    }

    /// <summary>The delay before the next attempt.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="failures">How many attempts have failed by this rule, this one included; from 1.</param>
    /// <param name="now">The wall clock, for delays that are given as a date.</param>
    /// <param name="random">A number from 0 to 1, drawn by chance.</param>
    public abstract TimeSpan Next(Exception exception, int failures, DateTimeOffset now, double random);

    /// <summary>The delay that the exception itself names; null if this does not ask it, or it names none.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="now">The wall clock, for delays that are given as a date.</param>
    public virtual TimeSpan? Named(Exception exception, DateTimeOffset now) => null;

    private static TimeSpan InRange(TimeSpan delay, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, Longest, name);
        return delay;
    }

    private sealed record FixedDelay(TimeSpan Delay) : RetryDelay
    {
        public override TimeSpan Next(Exception exception, int failures, DateTimeOffset now, double random) => Delay;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"after {Delay:c}");
    }

    private sealed record DelayFromException(string Property, TimeSpan Fallback) : RetryDelay
    {
        public override TimeSpan Next(Exception exception, int failures, DateTimeOffset now, double random) =>
            Named(exception, now) ?? Fallback;

        public override TimeSpan? Named(Exception exception, DateTimeOffset now) => ExceptionDelay.Read(exception, Property, now);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"after what its {Property} says, else {Fallback:c}");
    }

    private sealed record ExponentialDelay(TimeSpan First, double Factor, TimeSpan Cap, double Jitter) : RetryDelay
    {
        public override TimeSpan Next(Exception exception, int failures, DateTimeOffset now, double random) =>
            Backoff.Exponential(First, Factor, Cap, Jitter, failures, random);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"after {First:c}, times {Factor} each time up to {Cap:c}, jitter {Jitter:P0}");
    }
}
