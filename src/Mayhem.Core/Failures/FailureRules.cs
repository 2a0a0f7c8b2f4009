using System.Collections.Concurrent;

namespace Mayhem.Failures;

/// <summary>
/// The table of rules: for each type of exception at most one plain rule, and any number with a condition, which are tried first and in the order given.
/// Finds the rule of an exception by its most derived type, looking through wrappers.
/// </summary>
public sealed class FailureRules
{
    private readonly ILookup<Type, FailureRule> conditional;
    private readonly Dictionary<Type, FailureRule> plain;
    private readonly FailureRule everythingElse;
    private readonly ConcurrentDictionary<Type, FailureRule[]> candidates = new();
    private readonly ConcurrentDictionary<string, bool> broken = new(StringComparer.Ordinal);

    /// <summary>Makes a table; later rules replace earlier ones of the same name, in the earlier one's place.</summary>
    /// <exception cref="ArgumentException">There is no plain rule for <see cref="Exception"/>, so that some exception would have none.</exception>
    public FailureRules(IEnumerable<FailureRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var distinct = new OrderedDictionary<string, FailureRule>(StringComparer.Ordinal);
        foreach (var rule in rules)
            distinct[rule.Name] = rule;
        conditional = distinct.Values.Where(rule => rule.Condition is not null).ToLookup(rule => rule.ExceptionType);
        plain = distinct.Values.Where(rule => rule.Condition is null).ToDictionary(rule => rule.ExceptionType);
        if (!plain.TryGetValue(typeof(Exception), out everythingElse!))
            throw new ArgumentException("The rules must include one for System.Exception: what becomes of everything else.", nameof(rules));
    }

    /// <summary>Hears of a condition that throws, once for each rule. The rule does not hold for that exception.</summary>
    public Action<FailureRule, Exception>? ConditionFailed { get; set; }

    /// <summary>All rules, ordered by type; those of one type in the order in which they are tried.</summary>
    public IEnumerable<FailureRule> All => conditional.Select(group => group.Key).Union(plain.Keys)
        .OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(OfType);

    /// <summary>The rules that are tried for an exception of a type, in order. The last one has no condition.</summary>
    public IReadOnlyList<FailureRule> For(Type exceptionType)
    {
        ArgumentNullException.ThrowIfNull(exceptionType);
        var own = CandidatesOf(exceptionType);
        return own is [.., { Condition: null }] ? own : [.. own, everythingElse];
    }

    /// <summary>
    /// The rule of an exception, and the exception it was found for: the exception itself or one it wraps.
    /// A rule that ends the process wins wherever in the chain its exception is; otherwise the outermost exception with a rule of its own decides,
    /// and the plain rule for <see cref="Exception"/> takes the rest.
    /// </summary>
    public (FailureRule Rule, Exception Cause) Match(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (FailureRule Rule, Exception Cause)? first = null;
        foreach (var cause in ExceptionChain.Of(exception))
        {
            if (RuleThatHolds(cause) is not { } rule)
                continue;
            if (rule.Class == FailureClass.ProcessFatal)
                return (rule, cause);
            first ??= (rule, cause);
        }

        return first ?? (everythingElse, exception);
    }

    private FailureRule? RuleThatHolds(Exception cause)
    {
        foreach (var rule in CandidatesOf(cause.GetType()))
        {
            if (Holds(rule, cause))
                return rule;
        }

        return null;
    }

    private FailureRule[] CandidatesOf(Type type) => candidates.TryGetValue(type, out var known) ? known : candidates.GetOrAdd(type, Candidates);

    // Only types are remembered: whether a condition holds differs from one exception to the next.
    private FailureRule[] Candidates(Type type)
    {
        var found = new List<FailureRule>();
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            found.AddRange(conditional[candidate]);
            if (candidate == typeof(Exception) || !plain.TryGetValue(candidate, out var rule))
                continue;
            found.Add(rule);
            break;
        }

        return [.. found];
    }

    private IEnumerable<FailureRule> OfType(Type type) => plain.TryGetValue(type, out var rule) ? conditional[type].Append(rule) : conditional[type];

    private bool Holds(FailureRule rule, Exception exception)
    {
        try
        {
            return rule.Condition is not { } condition || condition.Holds(exception);
        }
        catch (Exception error)
        {
            // A broken condition must not hide the failure that it was asked about.
            if (broken.TryAdd(rule.Name, value: true))
                ConditionFailed?.Invoke(rule, error);
            return false;
        }
    }
}
