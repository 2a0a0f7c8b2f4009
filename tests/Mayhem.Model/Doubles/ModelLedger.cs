using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;
using Mayhem.Restarts;

namespace Mayhem.Model.Doubles;

/// <summary>The way from one process to its ledger, which is the real one.</summary>
internal sealed class ModelLedger(WorkerProcess process, World world, EmbeddedLedger ledger) : ILedger, IRequestArchive
{
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.BeginsAttempt();
        try
        {
            var answer = await process.CallAsync(
                Call.RecordIntent, () => ledger.RecordIntentAsync(intent, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
            delivery.Hears(answer);
            return answer;
        }
        catch (Exception failure)
        {
            delivery.FailsToRecordIntent(failure);
            throw;
        }
    }

    public async ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.IssueIsOnRecord = false;
        await CallAsync(Call.RecordIssued, () => ledger.RecordIssuedAsync(requestId, attempt, issued, cancellationToken).AsTask(), cancellationToken);
        delivery.IssueIsOnRecord = true;
    }

    public async ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        try
        {
            var isNews = await process.CallAsync(
                Call.RecordRestarted, () => ledger.RecordRestartedAsync(requestId, attempt, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
            delivery.Succeeds();
            return isNews;
        }
        catch (Exception failure)
        {
            delivery.FailsToRecordOutcome(failure);
            throw;
        }
    }

    public async ValueTask RecordFailedAsync(string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken) =>
        await CallAsync(Call.RecordFailed, () => ledger.RecordFailedAsync(requestId, attempt, error, how, failure, cancellationToken).AsTask(), cancellationToken);

    public async ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        var failure = await process.CallAsync(Call.FindFailure, () => ledger.FindFailureAsync(message, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
        if (failure is not null)
            delivery.Recalls(failure);
        return failure;
    }

    public async ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.MayBeOnRecordAsUnsettled = true;
        await CallAsync(Call.RecordUnsettled, () => ledger.RecordUnsettledAsync(messageId, deliveryCount, cancellationToken).AsTask(), cancellationToken);
        delivery.IsOnRecordAsUnsettled = true;
    }

    public async ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        var count = await process.CallAsync(Call.CountUnsettled, () => ledger.CountUnsettledAsync(messageId, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
        delivery.KnowsDeaths = true;
        return count;
    }

    public async ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        if (!outlived)
            world.Books.CheckAlone(delivery);
        delivery.Trial = outlived ? TrialStage.Ending : TrialStage.Beginning;
        await CallAsync(Call.RecordTrial, () => ledger.RecordTrialAsync(message, outlived, cancellationToken).AsTask(), cancellationToken);
        delivery.Trial = outlived ? TrialStage.Outlived : TrialStage.Begun;
    }

    public async ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.IsFoundOnTrial = await process.CallAsync(Call.FindTrial, () => ledger.IsOnTrialAsync(message, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
        world.Books.CheckTrial(delivery);
        return delivery.IsFoundOnTrial;
    }

    public async ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken)
    {
        DeliveryRun.Current.Settle();
        await CallAsync(Call.RecordCopy, () => ledger.RecordCopyAsync(copy, cancellationToken).AsTask(), cancellationToken);
    }

    public async ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.PlanIsUnknown = true;
        var copy = await process.CallAsync(Call.FindCopy, () => ledger.FindCopyAsync(messageId, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
        delivery.PlanIsUnknown = false;
        if (copy is not null && copy.SequenceNumber == delivery.Message.SequenceNumber)
            delivery.HasPlanned(copy);
        return copy;
    }

    public async ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        delivery.Looks();
        try
        {
            return await process.CallAsync(Call.Look, () => ledger.FindAsync(requestId, cancellationToken).AsTask(), Flaws.Make, cancellationToken);
        }
        catch (Exception failure)
        {
            delivery.FailsToLook(failure);
            throw;
        }
    }

    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => ledger.ListAsync(cancellationToken);

    public ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken) => ledger.ListUsesAsync(group, since, cancellationToken);

    public ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken) => ledger.RecordRefusalAsync(refusal, cancellationToken);

    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => ledger.ListRefusalsAsync(cancellationToken);

    public ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) => ledger.FindHaltAsync(cancellationToken);

    public ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken) => ledger.HaltAsync(reason, by, cancellationToken);

    public ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) => ledger.ResumeAsync(by, cancellationToken);

    public ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) => ledger.ListSwitchingsAsync(cancellationToken);

    public async ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        await process.CallAsync(
            Call.Save,
            async () =>
            {
                await ledger.SaveAsync(request, messageId, cancellationToken);
                return true;
            },
            delivery.FailsToSave,
            cancellationToken);
    }

    private async Task CallAsync(Call call, Func<Task> effect, CancellationToken cancellationToken) => await process.CallAsync(
        call,
        async () =>
        {
            await effect();
            return true;
        },
        Flaws.Make,
        cancellationToken);
}
