using Mayhem.Breakers;
using Mayhem.Ledger;
using Mayhem.Messages;
using Microsoft.Extensions.Logging;

namespace Mayhem.Guards;

/// <summary>
/// Asks the guards that need no count, before anything is on record: opted in, young enough, not halted, inside a window. The others are asked by the ledger, with the intent, and so is
/// the kill switch once more. A guard that cannot be asked says no. Every no goes on record.
/// </summary>
public sealed class RestartGuards(GuardBook book, IHostRules hosts, ILedger ledger, ILogger<RestartGuards> logger)
{
    /// <summary>Asks the guards of a request that is to be carried out now.</summary>
    /// <param name="request">The request.</param>
    /// <param name="acceptedAt">When the broker accepted it.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="cancellationToken">Gives up, which is a no.</param>
    public async ValueTask<GuardAnswer> AskAsync(RestartRequest request, DateTimeOffset acceptedAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = Guard.OptIn;
        var guards = book.Of(HostGroups.Default);
        try
        {
            guards = book.OfHost(request.Host);
            if (hosts.WhyDenied(request.Host) is { } why)
                return new GuardAnswer(new GuardRefusal(Guard.OptIn, "inventory", why), guards);
            asked = Guard.Age;
            if (guards.CheckAge(request.NotAfter, acceptedAt, now) is { } stale)
                return new GuardAnswer(stale, guards);
            asked = Guard.Window;
            if (guards.CheckWindow(now) is not { } closed)
                return new GuardAnswer(Refusal: null, guards, hosts.IsDryRun(request.Host));

            // Else the ledger tells. Here it comes first, for it is the stronger reason.
            asked = Guard.KillSwitch;
            return new GuardAnswer((await ledger.FindHaltAsync(cancellationToken))?.Refusal ?? closed, guards);
        }
        catch (Exception failure)
        {
            Log.GuardFailed(logger, failure, asked, request.RequestId);
            return new GuardAnswer(GuardRefusal.FailedCheck(asked, failure), guards);
        }
    }

    /// <summary>Tells and records a no. What was refused stays so if that fails: nothing was done that nobody knows of.</summary>
    public async Task RecordAsync(RestartRequest request, GroupGuards guards, GuardRefusal refusal, string? operationId, string outcome)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(guards);
        Log.GuardRefused(logger, refusal.Guard, request.RequestId, request.Host, guards.Group, request.Requester, outcome, refusal.Why, refusal.Rule);
        try
        {
            await ledger.RecordRefusalAsync(
                new Refusal(request.RequestId, request.Host, guards.Group, request.Requester, request.Reason, operationId, refusal, outcome), CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.RefusalNotRecorded(logger, failure, refusal.Guard, request.RequestId);
        }
    }
}

/// <summary>What the guards that need no count say.</summary>
/// <param name="Refusal">The first no; null if there is none.</param>
/// <param name="Guards">The guards of the host's group.</param>
/// <param name="DryRun">True if the restart would be recorded, but not done.</param>
public readonly record struct GuardAnswer(GuardRefusal? Refusal, GroupGuards Guards, bool DryRun = false);
