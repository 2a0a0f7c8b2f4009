using Mayhem.Ledger;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;

namespace Mayhem.Recovery;

/// <summary>
/// Sets aside what kills the process, and only that. A death hits every message in flight: those that have been hit often are handled alone, each in its turn,
/// and the one on which the process dies then is the one.
/// </summary>
public sealed class CrashHandling(
    UnsettledDeliveries unsettled, Trials trials, Quarantine quarantine, FailureHandling failures, RecoveryOptions options, TimeProvider timeProvider, ILogger<CrashHandling> logger)
{
    /// <summary>Looks how often processes died on the message. The obstacle to handling it, if it is the one that killed them.</summary>
    internal async ValueTask<Obstacle.HostCrash?> FindAsync(MessageRun run)
    {
        var delivery = run.Delivery;
        if (CrashEvidence.Deaths(delivery, unsettled: 0) == 0 || await unsettled.CountAsync(delivery) is not { } accountedFor)
            return null;
        var deaths = CrashEvidence.Deaths(delivery, accountedFor);
        var suspicion = CrashEvidence.Judge(deaths, deaths >= options.CrashLimit && await trials.IsOnTrialAsync(delivery), options.CrashLimit);
        if (suspicion == Suspicion.Guilty)
            return new Obstacle.HostCrash(deaths, delivery.DeliveryCount);
        run.Progress = run.Progress with { Deaths = Math.Min(deaths, options.CrashLimit - 1) };
        if (suspicion == Suspicion.Suspect)
            run.Probation = Quarantine.ProbationOf(deaths, options.CrashLimit);
        return null;
    }

    /// <summary>Lets a message in that is not suspect; false if it has to wait.</summary>
    internal bool TryEnter(MessageRun run) => run.Probation is null && (run.Stay = quarantine.Enter()) is not null;

    /// <summary>Waits until the message may be handled: beside others, or alone if it is suspect. What to do instead, if it may not; null once it may.</summary>
    /// <param name="run">The message.</param>
    /// <param name="waitAsync">Waits, and answers false if the wait was broken off.</param>
    /// <param name="handling">Breaks the wait off.</param>
    internal async ValueTask<Verdict?> EnterAsync(MessageRun run, Func<TimeSpan, Task<bool>> waitAsync, CancellationToken handling)
    {
        while ((run.Stay = run.Probation is null ? quarantine.Enter() : quarantine.EnterAlone()) is null)
        {
            var verdict = run.Probation is null ? new Verdict.RetryNow(Quarantine.Glance) : failures.HoldBack(run, TurnOfAnother);
            if (verdict is not Verdict.RetryNow turn)
                return verdict;
            if (!await waitAsync(turn.Delay))
                return failures.Fail(run, new OperationCanceledException(handling));
        }

        if (run.Probation is not { } probation)
            return null;
        Log.HandledAlone(logger, run.Delivery.MessageId, run.Progress.Deaths);
        while (!run.Stay.IsAlone)
        {
            if (!await waitAsync(Quarantine.Glance))
                return failures.Fail(run, new OperationCanceledException(handling));
        }

        run.Trial = await CrashTrial.BeginAsync(trials, run.Delivery, run.Stay, probation, timeProvider, handling);
        return null;
    }

    /// <summary>The message has been settled, or cannot be.</summary>
    internal static async ValueTask LeaveAsync(MessageRun run)
    {
        if (run.Trial is { } trial)
            await trial.EndAsync();
        run.Stay?.Leave();
    }

    private static Obstacle.HeldBack TurnOfAnother => new(
        Quarantine.NextAsking, "Processes died while they handled it beside others, so that it is handled alone, and another such message has its turn.");
}
