using System.Globalization;

namespace Mayhem.Guards;

/// <summary>
/// Checks an attempt against the limits of its group. Pure, so that every ledger decides alike: it calls <see cref="FirstRefusal"/> where nobody else can record an intent of the
/// group meanwhile, and records the intent in the same step.
/// </summary>
public static class LimitChecks
{
    private delegate GuardRefusal? LimitCheck(GroupUses uses, RestartLimits limits, in Candidate candidate);

    private static readonly (Guard Guard, LimitCheck Check)[] InOrder =
        [(Guard.CoolDown, CoolDown), (Guard.Budget, Budget), (Guard.Concurrency, Concurrency), (Guard.MinHealthy, MinHealthy), (Guard.Ineffective, Ineffective)];

    /// <summary>The first limit that the attempt would exceed; null if it may be made.</summary>
    /// <param name="uses">What the attempts of the group have taken within the limits' horizon; more does no harm.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="candidate">The attempt.</param>
    public static GuardRefusal? FirstRefusal(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        foreach (var (_, check) in InOrder)
        {
            if (check(uses, limits, candidate) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>What each limit says to the attempt, in order; null where it says yes.</summary>
    public static IReadOnlyList<(Guard Guard, GuardRefusal? Refusal)> All(GroupUses uses, RestartLimits limits, Candidate candidate) =>
        [.. InOrder.Select(entry => (entry.Guard, entry.Check(uses, limits, candidate)))];

    // A request is not held up by its own attempts: their rules have delays of their own.
    private static GuardRefusal? CoolDown(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        if (limits.CoolDown <= TimeSpan.Zero)
            return null;
        RestartUse? last = null;
        var until = candidate.At;
        foreach (var use in uses.Of(candidate.Host))
        {
            if (!candidate.IsOwn(use) && use.EndBy(candidate.At, limits.LongestRestart) + limits.CoolDown is var end && end > until)
                (last, until) = (use, end);
        }

        if (last is null)
            return null;
        var what = last.IsRunning(candidate.At, limits.LongestRestart) ? "is being restarted" : $"was restarted until {last.EndBy(candidate.At, limits.LongestRestart):u}";
        return new GuardRefusal(
            Guard.CoolDown, limits.RuleOf(Guard.CoolDown)!, $"The host '{candidate.Host}' {what} for request '{last.RequestId}' and is left alone for {limits.CoolDown} after that.", until);
    }

    private static GuardRefusal? Budget(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        if (limits.Budget is not { } budget)
            return null;
        var used = 0;
        for (var place = uses.Count - 1; place >= 0 && uses.All[place].TakenAt + limits.BudgetSpan is var back && back > candidate.At; place--)
        {
            if (!candidate.IsSame(uses.All[place]) && ++used >= budget)
            {
                return new GuardRefusal(
                    Guard.Budget, limits.RuleOf(Guard.Budget)!,
                    Invariant($"The group '{limits.Group}' has had {budget} restart{Plural(budget)} within {limits.BudgetSpan}, as many as it may have."), back);
            }
        }

        return null;
    }

    private static GuardRefusal? Concurrency(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        if (limits.Concurrency is not { } most)
            return null;
        var running = 0;
        foreach (var use in uses.Open)
        {
            if (!candidate.IsSame(use) && use.IsRunning(candidate.At, limits.LongestRestart))
                running++;
        }

        return running < most ? null : new GuardRefusal(
            Guard.Concurrency, limits.RuleOf(Guard.Concurrency)!, Invariant($"{running} host{Plural(running)} of the group '{limits.Group}' {(running == 1 ? "is" : "are")} being restarted; {most} may be at the same time."));
    }

    private static GuardRefusal? MinHealthy(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        if (limits.MinHealthy is not { } least)
            return null;
        var unwell = 0;
        foreach (var (host, ofHost) in uses.ByHost)
        {
            if (!host.Equals(candidate.Host, StringComparison.OrdinalIgnoreCase) && !IsWell(ofHost, limits, candidate.At))
                unwell++;
        }

        var healthy = (limits.GroupSize ?? 0) - 1 - unwell;
        return healthy >= least ? null : new GuardRefusal(
            Guard.MinHealthy, limits.RuleOf(Guard.MinHealthy)!,
            Invariant($"While the host '{candidate.Host}' is restarted, {Math.Max(0, healthy)} of the {limits.GroupSize} hosts of the group '{limits.Group}' would be well; there must be {least}."));
    }

    private static GuardRefusal? Ineffective(GroupUses uses, RestartLimits limits, in Candidate candidate)
    {
        if (limits.IneffectiveAfter is not { } times)
            return null;
        var ofHost = uses.Of(candidate.Host);
        var requests = new HashSet<string>(StringComparer.Ordinal);
        for (var place = ofHost.Count - 1; place >= 0 && ofHost[place].TakenAt + limits.IneffectiveSpan is var back && back > candidate.At; place--)
        {
            if (!candidate.IsOwn(ofHost[place]) && requests.Add(ofHost[place].RequestId) && requests.Count >= times)
            {
                return new GuardRefusal(
                    Guard.Ineffective, limits.RuleOf(Guard.Ineffective)!,
                    Invariant($"The host '{candidate.Host}' was restarted for {times} other request{Plural(times)} within {limits.IneffectiveSpan}, which has not helped."), back);
            }
        }

        return null;
    }

    // Not well while it is being restarted, and for a while after a restart that failed.
    private static bool IsWell(List<RestartUse> ofHost, RestartLimits limits, DateTimeOffset at)
    {
        for (var place = ofHost.Count - 1; place >= 0 && ofHost[place].TakenAt + limits.LongestRestart > at; place--)
        {
            if (ofHost[place].IsRunning(at, limits.LongestRestart))
                return false;
        }

        return ofHost[^1] is not { State: UseState.Failed, EndedAt: { } failed } || failed + limits.FailedFor <= at;
    }

    private static string Plural(int count) => count == 1 ? "" : "s";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The attempt that asks to be made.</summary>
/// <param name="RequestId">Its request.</param>
/// <param name="Attempt">Its number.</param>
/// <param name="Host">Its host.</param>
/// <param name="At">When it is to be made.</param>
public readonly record struct Candidate(string RequestId, int Attempt, string Host, DateTimeOffset At)
{
    /// <summary>True for an attempt of the same request.</summary>
    internal bool IsOwn(RestartUse use) => string.Equals(use.RequestId, RequestId, StringComparison.Ordinal);

    /// <summary>True for this very attempt, which is taken over: what it took counts once.</summary>
    internal bool IsSame(RestartUse use) => use.Attempt == Attempt && IsOwn(use);
}
