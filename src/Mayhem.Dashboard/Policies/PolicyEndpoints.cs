using Mayhem.Dashboard.Live;
using Mayhem.Dashboard.Server;
using Mayhem.Failures;
using Mayhem.Guards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Policies;

/// <summary>What the page about guards and rules is fed with.</summary>
internal static class PolicyEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources) => routes.MapGet("/api/rules", context => context.JsonAsync(
        new Policy(
            sources.Rules?.All.Select(RuleRow.Of).ToList(), sources.Engine?.Groups.Snapshot().Select(GroupRow.Of).ToList(),
            sources.Guards is { } guards ? [GuardRow.Of(guards.Everywhere), .. guards.Snapshot().Select(GuardRow.Of)] : null),
        DashboardJson.Default.Policy));
}

/// <summary>What decides about messages; null for what is not known.</summary>
/// <param name="Rules">The failure rules, in the order in which those of one type are tried.</param>
/// <param name="Groups">The groups of hosts that messages have been about.</param>
/// <param name="Guards">The guards, first those of groups without options of their own.</param>
internal sealed record Policy(IReadOnlyList<RuleRow>? Rules, IReadOnlyList<GroupRow>? Groups, IReadOnlyList<GuardRow>? Guards);

/// <summary>What guards one group of hosts; null for what does not.</summary>
/// <param name="Group">The group; null for all that have no options of their own.</param>
/// <param name="Times">When restarts may begin.</param>
/// <param name="MaxAgeSeconds">How old a request may get.</param>
/// <param name="Limits">What is counted, in words.</param>
internal sealed record GuardRow(string? Group, string? Times, double? MaxAgeSeconds, string? Limits)
{
    /// <summary>Those of a group.</summary>
    public static GuardRow Of(GroupGuards guards) => new(
        guards.Group, guards.Times?.Text, guards.Options.MaxAge > TimeSpan.Zero ? guards.Options.MaxAge.TotalSeconds : null, guards.Limits.ToString() is { Length: > 0 } limits ? limits : null);

    /// <summary>Those of all others.</summary>
    public static GuardRow Of(GuardOptions everywhere) => Of(GroupGuards.Of("", everywhere)) with { Group = null };
}

/// <summary>One failure rule.</summary>
/// <param name="Type">The exceptions that it is about.</param>
/// <param name="When">Its condition; null if it has none.</param>
/// <param name="Class">What they count as.</param>
/// <param name="Sentence">What comes of it.</param>
/// <param name="IsConfigured">True if it comes from configuration.</param>
internal sealed record RuleRow(string Type, string? When, FailureClass Class, string Sentence, bool IsConfigured)
{
    /// <summary>Takes from a rule what is shown.</summary>
    public static RuleRow Of(FailureRule rule)
    {
        // The columns before say already what the sentence begins with.
        var sentence = Without(Without(rule.ToString(), rule.Name + ": "), $"{rule.Class}, ");
        return new RuleRow(rule.ExceptionType.FullName!, rule.Condition?.Because, rule.Class, sentence, rule.IsConfigured);
    }

    private static string Without(string text, string beginning) => text.StartsWith(beginning, StringComparison.Ordinal) ? text[beginning.Length..] : text;
}
