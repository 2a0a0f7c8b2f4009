using System.Collections.Concurrent;

namespace Mayhem.Failures;

/// <summary>The table of rules, at most one for each type of exception. Finds the rule of an exception by its most derived type, looking through wrappers.</summary>
public sealed class FailureRules
{
    private readonly Dictionary<Type, FailureRule> rules;
    private readonly ConcurrentDictionary<Type, FailureRule?> found = new();

    /// <summary>Makes a table; later rules replace earlier ones for the same type.</summary>
    /// <exception cref="ArgumentException">There is no rule for <see cref="Exception"/>, so that some exception would have none.</exception>
    public FailureRules(IEnumerable<FailureRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        this.rules = [];
        foreach (var rule in rules)
            this.rules[rule.ExceptionType] = rule;
        if (!this.rules.ContainsKey(typeof(Exception)))
            throw new ArgumentException("The rules must include one for System.Exception: what becomes of everything else.", nameof(rules));
    }

    /// <summary>All rules, ordered by name.</summary>
    public IEnumerable<FailureRule> All => rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>
    /// The rule of an exception, and the exception it was found for: the exception itself or one it wraps.
    /// A rule that ends the process wins wherever in the chain its exception is; otherwise the outermost exception with a rule of its own decides,
    /// and the rule for <see cref="Exception"/> takes the rest.
    /// </summary>
    public (FailureRule Rule, Exception Cause) Match(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (FailureRule Rule, Exception Cause)? first = null;
        foreach (var cause in ExceptionChain.Of(exception))
        {
            var rule = found.GetOrAdd(cause.GetType(), FindByType);
            if (rule is null)
                continue;
            if (rule.Class == FailureClass.ProcessFatal)
                return (rule, cause);
            first ??= (rule, cause);
        }

        return first ?? (rules[typeof(Exception)], exception);
    }

    private FailureRule? FindByType(Type type)
    {
        for (var candidate = type; candidate is not null && candidate != typeof(Exception); candidate = candidate.BaseType)
        {
            if (rules.TryGetValue(candidate, out var rule))
                return rule;
        }

        return null;
    }
}
