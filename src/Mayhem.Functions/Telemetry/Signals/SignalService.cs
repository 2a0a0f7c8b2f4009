using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Mayhem.Ledger;
using Mayhem.Observation;
using Mayhem.Reporting.Dispatch;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Telemetry.Signals;

/// <summary>Says once a minute, and when the app stops, how it is: the lines that alerts and the workbook rest upon. Nothing of it affects a message.</summary>
public sealed class SignalService(
    ProcessingCounters counters, InFlightMessages inFlight, ReportDispatcher reports, ILedger ledger, ServiceBusClient client, MayhemOptions options, TimeProvider timeProvider,
    ILogger<SignalService> logger) : BackgroundService
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly CounterWindow window = new(counters);
    private readonly QueueAge queueAge = new(client, options, timeProvider);
    private long toldAt = timeProvider.GetTimestamp();

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        TellCounts();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                TellCounts();
                TellSpools();
                await TellHaltAsync(stoppingToken);
                await TellQueueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private void TellCounts()
    {
        window.Turn();
        var seconds = timeProvider.GetElapsedTime(toldAt).TotalSeconds;
        toldAt = timeProvider.GetTimestamp();
        Log.Heartbeat(
            logger, Math.Round(seconds), inFlight.Count, window[ProcessingEvent.Received], window[ProcessingEvent.Restarted], window[ProcessingEvent.DuplicateSuppressed],
            window[ProcessingEvent.RetriedNow], window[ProcessingEvent.RetriedLater], window[ProcessingEvent.Postponed], window[ProcessingEvent.LockRenewed],
            window[ProcessingEvent.LockLost], window[ProcessingEvent.DeadLettered], window[ProcessingEvent.Abandoned], window[ProcessingEvent.SettlementFailed]);
    }

    private void TellSpools()
    {
        foreach (var sink in reports.Counts)
            Log.SpoolObserved(logger, sink.Sink, sink.Spooled, sink.Dropped, sink.Failed);
    }

    private async Task TellHaltAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await ledger.FindHaltAsync(stoppingToken) is { } halt)
                Log.RestartsHalted(logger, halt.By, halt.At, halt.Reason);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.HaltNotFound(logger, failure);
        }
    }

    private async Task TellQueueAsync(CancellationToken stoppingToken)
    {
        try
        {
            Log.QueueObserved(logger, options.Queue, Math.Round((await queueAge.OfOldestAsync(stoppingToken)).TotalSeconds));
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.QueueNotObserved(logger, options.Queue, failure);
        }
    }
}
