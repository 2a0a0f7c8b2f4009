using System.Globalization;
using Mayhem.Failures;
using Mayhem.Functions.Configuration;
using Mayhem.Recovery;

namespace Mayhem.Cli.RulesCommand;

/// <summary>Carries out <c>mayhem explain</c>.</summary>
internal static class Explanation
{
    /// <summary>Writes every rule that an exception of the type may meet, in the order in which they are tried, with what follows from each.</summary>
    /// <param name="settings">The rules and options in force.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="typeName">The full or short name of the type.</param>
    /// <param name="json">True for one JSON object a rule.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="UsageException">There is no such type of exception.</exception>
    public static void Write(RecoverySettings settings, ExplainedQueue queue, string typeName, bool json, TextWriter output)
    {
        var type = Find(typeName);
        foreach (var rule in settings.Rules.For(type))
        {
            var forecast = RetryForecast.Of(rule, type, settings.Retry, queue.SessionPatience);
            if (json)
                output.WriteLine(Line(type, rule, forecast, settings.Retry, queue).ToJson());
            else
                WriteText(type, rule, forecast, settings.Retry, queue, output);
        }
    }

    private static ExplanationLine Line(Type type, FailureRule rule, RetryForecast forecast, RecoveryOptions options, ExplainedQueue queue) => new(
        type.FullName!, RuleLine.Of(rule), forecast.Steps, End(forecast), forecast.DeadLetterReason, forecast.EndsByDeadline, options.Deadline,
        forecast.EndsByMaxDeliveryCount ? queue.MaxDeliveryCount : null);

    private static Type Find(string name)
    {
        if (!string.IsNullOrWhiteSpace(name) && ExceptionTypes.Find(name, RecoverySettings.ExceptionAssemblies) is { } type)
            return type;
        var near = string.IsNullOrWhiteSpace(name) ? [] : ExceptionTypes.Near(name, RecoverySettings.ExceptionAssemblies);
        throw new UsageException($"'{name}' is no exception type known here, or the short name of several. "
            + (near.Count > 0 ? $"Did you mean {string.Join(", ", near)}?" : "Give a full name, as System.TimeoutException."));
    }

    private static void WriteText(Type type, FailureRule rule, RetryForecast forecast, RecoveryOptions options, ExplainedQueue queue, TextWriter output)
    {
        output.WriteLine(rule.ToString());
        output.WriteLine($"  from {(rule.IsConfigured ? "configuration" : "code")}{(rule.ExceptionType == type ? "" : $"; {type.FullName} meets it through its base type {rule.ExceptionType.FullName}")}");
        foreach (var step in forecast.Steps)
        {
            var range = step.Shortest == step.Longest ? "" : $" ({Time(step.Shortest)} to {Time(step.Longest)})";
            output.WriteLine($"  attempt {step.Attempt} fails: wait {Time(step.Delay)}{range} {Place(step.Place)}; {Time(step.SoFar)} in all");
        }

        if (forecast.EndsByMaxDeliveryCount)
        {
            output.WriteLine("  each attempt fails: abandon, and the broker delivers the message again at once; the failure is in its history");
            output.WriteLine($"  attempt {queue.MaxDeliveryCount} fails: the queue's maxDeliveryCount is used up, and the broker dead-letters it as {forecast.DeadLetterReason}");
            return;
        }

        output.WriteLine($"  {(forecast.Steps.IsEmpty ? "the first attempt fails" : $"attempt {forecast.Steps[^1].Attempt + 1} fails")}: {End(forecast)}");
        if (rule.Delay is not null)
        {
            output.WriteLine(forecast.EndsByDeadline
                ? $"  The message's deadline of {Time(options.Deadline)} (Mayhem:Retry:Deadline) comes before its last attempt."
                : $"  The message's deadline of {Time(options.Deadline)} (Mayhem:Retry:Deadline) comes later, if the attempts themselves are quick.");
            if (queue.SessionPatience is not null)
            {
                output.WriteLine(options.ReorderSessions
                    ? "  The later messages of its session overtake a scheduled copy (Mayhem:Retry:ReorderSessions)."
                    : "  The queue has sessions: the later messages of its session wait with it.");
            }
        }
    }

    private static string End(RetryForecast forecast) => forecast.DeadLetterReason is { } reason && !forecast.EndsByMaxDeliveryCount ? $"dead-letter as {reason}" : forecast.End switch
    {
        Verdict.StopProcess => "report, abandon and end the process",
        Verdict.Complete => "complete, tolerated",
        Verdict.Abandon => "abandon, again and again",
        var other => other.Summary,
    };

    private static string Place(WaitingPlace place) => place switch
    {
        WaitingPlace.InPlace => "in place",
        WaitingPlace.ScheduledCopy => "as a scheduled copy",
        WaitingPlace.InSession => "at the head of its session, and is given back and delivered again meanwhile",
        _ => "in place or as a scheduled copy",
    };

    private static string Time(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s")
            : TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}
