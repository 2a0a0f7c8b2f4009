using Mayhem.Ledger;
using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>The time that a suspect is handled alone. It is on record, so that the death of the process in this time counts against the message, and none while it waits for it.</summary>
internal sealed class CrashTrial
{
    private readonly Trials trials;
    private readonly Delivery delivery;
    private readonly QuarantineStay stay;
    private readonly TaskCompletionSource outlived = new();
    private readonly ITimer probation;
    private int isOver;

    private CrashTrial(Trials trials, Delivery delivery, QuarantineStay stay, TimeSpan probation, TimeProvider timeProvider)
    {
        (this.trials, this.delivery, this.stay) = (trials, delivery, stay);
        this.probation = timeProvider.CreateTimer(static trial => _ = ((CrashTrial)trial!).OutliveAsync(), this, probation, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins, when the record of it is safe.</summary>
    public static async Task<CrashTrial> BeginAsync(
        Trials trials, Delivery delivery, QuarantineStay stay, TimeSpan probation, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await trials.RecordBegunAsync(delivery, cancellationToken);
        return new CrashTrial(trials, delivery, stay, probation, timeProvider);
    }

    /// <summary>The message has been settled, and the process lives.</summary>
    public Task EndAsync() => OutliveAsync();

    /// <summary>The message ends the process. That counts as a death.</summary>
    public void Break()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
            outlived.SetResult();
        probation.Dispose();
    }

    private async Task OutliveAsync()
    {
        await probation.DisposeAsync();
        if (Interlocked.Exchange(ref isOver, 1) == 0)
        {
            await trials.RecordOutlivedAsync(delivery);
            stay.Leave();
            outlived.SetResult();
        }

        await outlived.Task;
    }
}
