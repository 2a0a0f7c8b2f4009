using System.Globalization;
using System.Reflection;

namespace Mayhem.Failures;

/// <summary>
/// Makes the table of rules from the rules in code and those in configuration. Configuration wins: a configured rule is the only one of its type,
/// and replaces the plain rule in code as well as those with a condition.
/// </summary>
public static class ConfiguredFailureRules
{
    private const string Section = "Mayhem:Failures";

    /// <summary>Builds the table.</summary>
    /// <param name="defaults">The rules in code.</param>
    /// <param name="configured">The rules in configuration, by full or short name of the exception's type.</param>
    /// <param name="assemblies">Where the types are looked for, besides the runtime's own.</param>
    /// <exception cref="FormatException">A type is unknown or a value impossible; the message names the key.</exception>
    public static FailureRules Build(
        IReadOnlyList<FailureRule> defaults, IReadOnlyDictionary<string, FailureRuleOptions> configured, IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(configured);
        var table = new FailureRules(defaults);
        var overrides = new Dictionary<Type, (string Name, FailureRule Rule)>();
        foreach (var (name, options) in configured)
        {
            var key = new Key($"{Section}:{name}");
            var type = ExceptionTypes.Find(name, assemblies) ?? throw new FormatException(
                $"{key}: there is no exception type of this name, or several; give its full name, as in System.TimeoutException.");
            if (overrides.TryGetValue(type, out var other))
                throw new FormatException($"{key} and {Section}:{other.Name} are rules for the same type, {type.FullName}: put them together.");
            overrides[type] = (name, Rule(key, type, options, NearestRule(table, type)) with { IsConfigured = true });
        }

        return new FailureRules([.. defaults.Where(rule => !overrides.ContainsKey(rule.ExceptionType)), .. overrides.Values.Select(pair => pair.Rule)]);
    }

    private static FailureRule NearestRule(FailureRules table, Type type) => table.For(type)[^1];

    private static FailureRule Rule(Key key, Type type, FailureRuleOptions options, FailureRule nearest)
    {
        var wantsDelay = options.Delay ?? options.DelayFrom ?? options.FirstDelay ?? options.MaxAttempts;
        var failureClass = key.Class(options.Class) ?? (wantsDelay is not null && nearest.Delay is null ? FailureClass.Transient : nearest.Class);
        if (options.DelayFrom is { } property && !ExceptionDelay.CanCarry(type, property))
            throw key.Error(nameof(options.DelayFrom), property, Carriers(type));
        var delay = Delay(key, options) ?? nearest.Delay ?? RetryDelay.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(5));
        var attempts = key.Whole(nameof(options.MaxAttempts), options.MaxAttempts, 1, 1000) ?? (nearest.Delay is null ? 3 : nearest.MaxAttempts);
        if (options.DeadLetterReason is { } reason && (reason.Length is 0 or > 256))
            throw key.Error(nameof(options.DeadLetterReason), reason, "1 to 256 characters");
        if (WithoutMeaning(options, failureClass) is { } idle)
            throw new FormatException($"{key}:{idle} has no effect, for {key.Path[(Section.Length + 1)..]} is {failureClass}: remove it, or give another Class.");
        return failureClass switch
        {
            FailureClass.Transient => FailureRule.Retry(type, delay, attempts),
            FailureClass.Throttled => FailureRule.Throttle(type, delay, attempts),
            FailureClass.Fatal => FailureRule.DeadLetter(type, options.DeadLetterReason ?? nearest.DeadLetterReason),
            FailureClass.Tolerated => FailureRule.Tolerate(type),
            FailureClass.Abandoned => FailureRule.Abandon(type),
            _ => FailureRule.StopProcess(type),
        };
    }

    private static string Carriers(Type type) => string.Join(", ", ExceptionDelay.Carriers(type)) is { Length: > 0 } names
        ? $"a property of {type.FullName} that can hold a delay: {names}"
        : $"nothing, for {type.FullName} has no property that can hold a delay; give Delay or FirstDelay instead";

    // What an operator sets is meant to do something.
    private static string? WithoutMeaning(FailureRuleOptions options, FailureClass failureClass)
    {
        var retries = failureClass is FailureClass.Transient or FailureClass.Throttled;
        if (!retries && options.MaxAttempts is not null)
            return nameof(options.MaxAttempts);
        if (!retries && options.FirstDelay is not null)
            return nameof(options.FirstDelay);
        if (!retries && options.DelayFrom is not null)
            return nameof(options.DelayFrom);
        if (!retries && options.Delay is not null)
            return nameof(options.Delay);
        return failureClass != FailureClass.Fatal && options.DeadLetterReason is not null ? nameof(options.DeadLetterReason) : null;
    }

    private static RetryDelay? Delay(Key key, FailureRuleOptions options)
    {
        var fixedDelay = key.Time(nameof(options.Delay), options.Delay);
        var first = key.Time(nameof(options.FirstDelay), options.FirstDelay);
        var cap = key.Time(nameof(options.MaxDelay), options.MaxDelay);
        var factor = key.Fraction(nameof(options.Factor), options.Factor, 1, 100);
        var jitter = key.Fraction(nameof(options.Jitter), options.Jitter, 0, 1);
        if (first is not null && (fixedDelay is not null || options.DelayFrom is not null))
            throw key.Error(nameof(options.FirstDelay), options.FirstDelay!, "either exponential delays or Delay and DelayFrom, not both");
        if (first is null && (cap is not null || factor is not null || jitter is not null))
            throw new FormatException($"{key}:{nameof(options.FirstDelay)} is missing: MaxDelay, Factor and Jitter belong to exponential delays, which start with it.");
        if (options.DelayFrom is { } property)
            return RetryDelay.From(property, fixedDelay ?? TimeSpan.FromSeconds(30));
        if (fixedDelay is { } delay)
            return RetryDelay.Fixed(delay);
        return first is { } start ? RetryDelay.Exponential(start, factor ?? 2, cap ?? TimeSpan.FromMinutes(5), jitter ?? 0.2) : null;
    }

    private readonly record struct Key(string Path)
    {
        public override string ToString() => Path;

        public FormatException Error(string name, string value, string allowed) => new($"{Path}:{name} is '{value}'; allowed is {allowed}.");

        public FailureClass? Class(string? text)
        {
            if (text is null)
                return null;
            return Enum.TryParse<FailureClass>(text, ignoreCase: true, out var value) && !int.TryParse(text, out _) &&
                value is FailureClass.Transient or FailureClass.Throttled or FailureClass.Fatal or FailureClass.Tolerated or FailureClass.Abandoned or FailureClass.ProcessFatal
                ? value
                : throw Error("Class", text, "Transient, Throttled, Fatal, Tolerated, Abandoned or ProcessFatal");
        }

        public TimeSpan? Time(string name, string? text)
        {
            if (text is null)
                return null;
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero && value <= RetryDelay.Longest
                ? value
                : throw Error(name, text, "a time from 00:00:00 to 1.00:00:00, as 00:00:30 for thirty seconds");
        }

        public int? Whole(string name, string? text, int least, int most)
        {
            if (text is null)
                return null;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : throw Error(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        }

        public double? Fraction(string name, string? text, double least, double most)
        {
            if (text is null)
                return null;
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : throw Error(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        }
    }
}
