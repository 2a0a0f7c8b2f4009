using Mayhem.Failures;

namespace Mayhem.Diagnosis;

/// <summary>How long messages wait by a rule, as arithmetic. A delay that the exception carries counts as the rule's fallback.</summary>
internal static class RuleWaits
{
    private static readonly Exception Carrier = new NamesNoDelayException();

    /// <summary>The shortest time that all attempts of the rule take, waits alone; zero for rules without retries.</summary>
    public static TimeSpan ShortestOfAll(FailureRule rule) => Sum(Delays(rule, random: 0));

    /// <summary>The longest single wait of the rule; zero for rules without retries.</summary>
    public static TimeSpan Longest(FailureRule rule) => Delays(rule, random: 1).DefaultIfEmpty().Max();

    private static IEnumerable<TimeSpan> Delays(FailureRule rule, double random) => rule.Delay is { } delay
        ? Enumerable.Range(1, rule.MaxAttempts - 1).Select(failures => delay.Next(Carrier, failures, DateTimeOffset.UnixEpoch, random))
        : [];

    private static TimeSpan Sum(IEnumerable<TimeSpan> delays) => delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay);

    private sealed class NamesNoDelayException : Exception;
}
