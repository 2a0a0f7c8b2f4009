using System.Threading.Channels;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Sinks;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Dispatch;

/// <summary>
/// The way to one sink: a bounded queue, one worker, a time limit, and a spool for what did not arrive. A sink that fails is left alone for a while;
/// what comes meanwhile goes to the spool, and from there to the sink when it works again. A try that was cut short may have arrived none the less,
/// and is repeated.
/// </summary>
internal sealed class Outlet : IAsyncDisposable
{
    private static readonly TimeSpan LookAtSpoolEvery = TimeSpan.FromMinutes(1);

    private readonly IReportSink sink;
    private readonly OutletOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ILogger logger;
    private readonly Channel<ReportDocument> queue;
    private readonly Spool? spool;
    private readonly Pause pause;
    private readonly Tally tally = new();
    private readonly HeldReports held = new();
    private readonly Task worker;
    private readonly Lock gate = new();
    private CancellationTokenSource hurry = new();
    private Task unended = Task.CompletedTask;
    private bool closing;

    public Outlet(IReportSink sink, OutletOptions options, TimeProvider timeProvider, Func<double> random, ILogger logger)
    {
        this.sink = sink;
        this.options = options;
        this.timeProvider = timeProvider;
        this.logger = logger;
        spool = OpenSpool();
        pause = new Pause(options, timeProvider, random);
        queue = Channel.CreateBounded<ReportDocument>(
            new BoundedChannelOptions(options.QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Drop);

        // Whoever reports first must not lend the worker its trace and its log scopes.
        using (ExecutionContext.SuppressFlow())
            worker = Task.Run(WorkAsync);
    }

    public string Name => sink.Name;

    public SinkCounts Counts => tally.Counts(sink.Name, spool?.Count ?? 0, spool?.Dropped ?? 0);

    /// <summary>Takes a report over. Never blocks, never throws.</summary>
    public void Offer(ReportDocument report)
    {
        if (!Takes(report))
            return;
        tally.Enter();
        held.Add(report);
        if (!queue.Writer.TryWrite(report))
            Drop(report);
    }

    /// <summary>
    /// Waits until nothing is left in memory: it was sent, or is in the spool. What is in memory is put into the spool at once, to be taken out when it is sent:
    /// whoever flushes may end the process. When the token is cancelled, the rest stays there unsent.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            var kept = spool is null ? Task.CompletedTask : Task.Run(() => held.KeepAhead(spool), CancellationToken.None);
            var buffer = (sink as IBufferedSink)?.FlushAsync(cancellationToken) ?? Task.CompletedTask;
            await Task.WhenAll(kept, buffer, tally.EmptiedAsync()).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Hurry().CancelAsync();
            throw;
        }
    }

    /// <summary>Ends the worker. What it has not sent goes to the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
            closing = true;
        queue.Writer.TryComplete();
        await Hurry().CancelAsync();
        await worker;
        spool?.Dispose();
        (sink as IDisposable)?.Dispose();
    }

    private async Task WorkAsync()
    {
        var spoolRests = spool is null;
        while (await WaitAsync(spoolRests))
        {
            if (queue.Reader.TryRead(out var report))
            {
                await DeliverAsync(report);
                tally.Leave();
            }
            else
            {
                CalmDown();
            }

            spoolRests = !MaySend || spool?.Next(held.Holds) is not { } spooled || !await TryDeliverAgainAsync(spooled);
        }
    }

    private bool MaySend => !Hurry().IsCancellationRequested && pause.Left == TimeSpan.Zero && unended.IsCompleted;

    // False when the outlet is closed and its queue empty.
    private async Task<bool> WaitAsync(bool spoolRests)
    {
        if (queue.Reader.Count > 0)
            return true;
        if (!spoolRests)
            return !queue.Reader.Completion.IsCompleted;
        if (spool is null)
            return await queue.Reader.WaitToReadAsync();
        var pauseLeft = pause.Left;
        using var enough = new CancellationTokenSource(spool.Count > 0 && pauseLeft > TimeSpan.Zero ? pauseLeft : LookAtSpoolEvery, timeProvider);
        try
        {
            return await queue.Reader.WaitToReadAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task DeliverAsync(ReportDocument report)
    {
        var delivered = MaySend ? await TrySendAsync(report) : Delivered.NotYet;
        if (delivered == Delivered.Yes)
            tally.Sent(again: false);
        if (delivered == Delivered.NotYet)
            Keep(report);
        if (held.Release(report) && delivered != Delivered.NotYet)
            spool!.Done(report.Id);
    }

    private async Task<bool> TryDeliverAgainAsync(ReportDocument report)
    {
        var delivered = await TrySendAsync(report);
        if (delivered == Delivered.Yes)
            tally.Sent(again: true);
        if (delivered == Delivered.NotYet)
            spool!.Failed(report.Id);
        else
            spool!.Done(report.Id);
        return delivered != Delivered.NotYet;
    }

    private async Task<Delivered> TrySendAsync(ReportDocument report)
    {
        try
        {
            await SendAsync(report);
            if (pause.IsBroken)
                Log.SinkWorksAgain(logger, Name, spool?.Count ?? 0);
            pause.End();
            return Delivered.Yes;
        }
        catch (ReportNotSentException refusal) when (refusal.Refused)
        {
            tally.Refuse();
            Log.ReportRefused(logger, Name, report.Id, refusal.Message);
            return Delivered.Never;
        }
        catch (Exception failure)
        {
            tally.Fail();
            if (!pause.IsBroken)
                Log.SinkFailed(logger, Name, spool is null ? "are dropped" : "wait in the spool", failure);
            pause.Begin((failure as ReportNotSentException)?.RetryAfter);
            return Delivered.NotYet;
        }
    }

    // A sink that does not listen to its token is left behind, and not asked again before it has ended.
    private async Task SendAsync(ReportDocument report)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Hurry().Token);
        tally.Begin();
        var sending = Task.Run(() => sink.SendAsync(report, either.Token), CancellationToken.None);
        unended = sending.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await sending.WaitAsync(either.Token);
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} has not taken report {report.Id} within {options.TimeLimit}.", cancelled);
        }
        finally
        {
            tally.End();
        }
    }

    private void Drop(ReportDocument report)
    {
        held.Drop(report);
        tally.Drop();
    }

    private void Keep(ReportDocument report)
    {
        if (spool is null || !spool.TryKeep(report))
            tally.Drop(entered: false);
    }

    private bool Takes(ReportDocument report)
    {
        try
        {
            return options.Takes(report);
        }
        catch (Exception error)
        {
            Log.SinkFailed(logger, Name, "are offered to it all the same", error);
            return true;
        }
    }

    private CancellationTokenSource Hurry()
    {
        lock (gate)
            return hurry;
    }

    // The hurry of a flush is over when the queue is empty. That of closing stays.
    private void CalmDown()
    {
        lock (gate)
        {
            if (!closing && hurry.IsCancellationRequested)
                hurry = new CancellationTokenSource();
        }
    }

    private Spool? OpenSpool()
    {
        if (options.Spool is null)
            return null;
        try
        {
            return new Spool(new ReportFolder(options.Spool), logger);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.SpoolFailed(logger, options.Spool.Path, error);
            return null;
        }
    }

    private enum Delivered
    {
        Yes,
        NotYet,
        Never,
    }
}
