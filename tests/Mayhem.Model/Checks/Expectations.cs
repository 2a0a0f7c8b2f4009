using System.Globalization;
using Mayhem.Messages;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;
using Mayhem.Recovery;

namespace Mayhem.Model.Checks;

/// <summary>The reference model: from what the world saw of a delivery, the ends that it may have. More than one where the world cannot see everything.</summary>
internal static class Expectations
{
    private static readonly TimeSpan InPlaceLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InFlightDelay = TimeSpan.FromSeconds(1);
    private static readonly ExpectedRule Cancelled = Rulebook.Of(new OperationCanceledException());

    public static IReadOnlyList<Expectation> Of(DeliveryRun run)
    {
        if (run.StartedAtEnd || run.LockHadExpired)
            return [Expectation.Nothing(run.BudgetBefore)];
        if (run.StartedInDrain)
            return [Expectation.Abandon(run.BudgetBefore)];
        List<Expectation> allowed = [.. run.Attempts == 0 ? BeforeAnyAttempt(run) : AfterAttempt(run)];
        if (run.LockIsLost)
            allowed.Add(Expectation.Nothing(run.Budget));
        return allowed;
    }

    /// <summary>When the copy may be due.</summary>
    public static (DateTimeOffset Earliest, DateTimeOffset Latest)? Due(DeliveryRun run) => run is { End: AttemptEnd.Failed, Failure: { } failure } && FinalRule(run) is { } rule
        ? Due(run, failure, rule, run.Budget)
        : null;

    /// <summary>True if another attempt may be made under the same lock.</summary>
    public static bool MayRepeat(DeliveryRun run)
    {
        if (run.FatalSave is not null || run.StopWasAsked || run.LossIsKnown || run.CeilingIsReached)
            return false;
        if (run.End != AttemptEnd.Failed)
            return run.End == AttemptEnd.ElsewhereInFlight;
        var rule = Rulebook.Of(run.Failure!.Exception);
        return rule.MaxAttempts > run.Budget.Used(rule.Name)
            && run.World.Now - run.Failure.Since >= rule.Delay(run.Budget.Used(rule.Name), run.Failure.Exception).Shortest - TimeSpan.FromMilliseconds(1);
    }

    private static IEnumerable<Expectation> BeforeAnyAttempt(DeliveryRun run)
    {
        if (run.Request is null)
            yield return Expectation.DeadLetter(DeadLetterReasons.Poison, run.Budget);
        if (run.IsPlanned)
            yield return Expectation.Copy(run.Budget);
        foreach (var end in WaitingInPlace(run, run.Budget))
            yield return end;
        var mayBeSuspect = run.KnowsDeaths && run.World.Books.MostDeaths(run) >= Variant.CrashLimit - 1;
        if (run.NotBefore is null && !mayBeSuspect)
            yield break;
        yield return Expectation.Copy(run.Budget);
        yield return Expectation.DeadLetter(DeadLetterReasons.RetryWouldExpire, run.Budget);
        if (mayBeSuspect)
            yield return Expectation.DeadLetter(DeadLetterReasons.RetriesExhausted, run.Budget);
    }

    private static IEnumerable<Expectation> GivingWay(DeliveryRun run)
    {
        if (run.IsUsedUp)
            yield return Expectation.DeadLetter(DeadLetterReasons.RetriesExhausted, run.Budget);
        if (run.WasStale)
            yield return Expectation.DeadLetter(DeadLetterReasons.Stale, run.Budget);
        if (run is { KnowsDeaths: true, IsFoundOnTrial: true } && run.World.Books.MostDeaths(run) >= Variant.CrashLimit)
            yield return Expectation.DeadLetter(DeadLetterReasons.HostCrash, run.Budget);
    }

    private static IEnumerable<Expectation> AfterAttempt(DeliveryRun run)
    {
        if (run.FatalSave is not null)
            return [Expectation.Abandon(run.Budget, onPurpose: false)];
        return run.End switch
        {
            AttemptEnd.Done => [Expectation.Complete(run.Budget)],
            AttemptEnd.None when run.HasLooked => GivingWay(run),
            AttemptEnd.ElsewhereInFlight => WaitingForOther(run),
            AttemptEnd.Failed => AfterFailure(run, run.Failure!),
            _ => [],
        };
    }

    private static List<Expectation> AfterFailure(DeliveryRun run, SeenFailure failure)
    {
        var rule = Rulebook.Of(failure.Exception);
        if (rule.EndsProcess)
            return [Expectation.Abandon(run.Budget, onPurpose: false)];
        if (!run.CountedFailures.Contains(failure))
            return run.StopWasAsked ? [Expectation.Abandon(run.Budget)] : [];
        if (rule.DeadLetterReason is { } reason)
            return [Expectation.DeadLetter(reason, run.Budget)];
        return Retries(run, failure, rule, run.Budget);
    }

    private static List<Expectation> Retries(DeliveryRun run, SeenFailure failure, ExpectedRule rule, AttemptBudget budget)
    {
        if (budget.Used(rule.Name) >= rule.MaxAttempts)
            return [Expectation.DeadLetter(DeadLetterReasons.RetriesExhausted, budget)];
        List<Expectation> allowed = [];
        var (earliest, latest) = Due(run, failure, rule, budget);
        var deadline = FirstEnqueuedAt(run) + Variant.Deadline;
        if (latest > deadline)
            allowed.Add(Expectation.DeadLetter(DeadLetterReasons.RetriesExhausted, budget));
        if (earliest > deadline)
            return allowed;
        var (shortest, longest) = rule.Delay(budget.Used(rule.Name), failure.Exception);
        if (shortest < InPlaceLimit)
            allowed.AddRange(WaitingInPlace(run, budget));
        if (longest < InPlaceLimit && longest < run.Patience)
            return allowed;
        if (latest >= run.Message.ExpiresAt)
            allowed.Add(Expectation.DeadLetter(DeadLetterReasons.RetryWouldExpire, budget));
        if (earliest < run.Message.ExpiresAt)
            allowed.Add(Expectation.Copy(budget));
        return allowed;
    }

    private static IEnumerable<Expectation> WaitingForOther(DeliveryRun run)
    {
        foreach (var end in WaitingInPlace(run, run.Budget))
            yield return end;
        if (run.Patience > InFlightDelay)
            yield break;
        yield return Expectation.Copy(run.Budget);
        yield return Expectation.DeadLetter(DeadLetterReasons.RetryWouldExpire, run.Budget);
    }

    /// <summary>What may come of a wait that is broken off.</summary>
    private static IEnumerable<Expectation> WaitingInPlace(DeliveryRun run, AttemptBudget budget)
    {
        if (run.StopWasAsked)
            yield return Expectation.Abandon(budget);
        if (!run.CeilingIsReached)
            yield break;
        var cut = new SeenFailure(new OperationCanceledException(), run.World.Clock.GetUtcNow(), run.World.Now);
        var spent = budget.Spend(Cancelled.Name);
        if (spent.Used(Cancelled.Name) >= Cancelled.MaxAttempts || Due(run, cut, Cancelled, spent).Latest > FirstEnqueuedAt(run) + Variant.Deadline)
            yield return Expectation.DeadLetter(DeadLetterReasons.RetriesExhausted, spent);
        if (Due(run, cut, Cancelled, spent).Latest >= run.Message.ExpiresAt)
            yield return Expectation.DeadLetter(DeadLetterReasons.RetryWouldExpire, spent);
        yield return Expectation.Copy(spent);
    }

    private static ExpectedRule? FinalRule(DeliveryRun run) => run.FatalSave is null && Rulebook.Of(run.Failure!.Exception) is { MaxAttempts: > 0 } rule ? rule : null;

    // The processor looks at the clock when the details have been saved as well, so the time of the failure is known to lie between two.
    private static (DateTimeOffset Earliest, DateTimeOffset Latest) Due(DeliveryRun run, SeenFailure failure, ExpectedRule rule, AttemptBudget budget)
    {
        var now = run.World.Clock.GetUtcNow();
        var (shortest, longest) = rule.Delay(budget.Used(rule.Name), failure.Exception);
        return ((now < failure.At ? now : failure.At) + shortest, (now > failure.At ? now : failure.At) + longest);
    }

    private static DateTimeOffset FirstEnqueuedAt(DeliveryRun run) =>
        MessageProperties.Text(run.Message.ApplicationProperties, MessageProperties.FirstEnqueuedAt) is { } first
            ? DateTimeOffset.ParseExact(first, "O", CultureInfo.InvariantCulture)
            : run.Message.EnqueuedTime;
}
