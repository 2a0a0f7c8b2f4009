using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Operators;
using Mayhem.DeadLetters.Replays;

namespace Mayhem.DeadLetters.Work;

/// <summary>Sends exported dead letters, in their order.</summary>
internal sealed class BenchImport(ServiceBusSender sender, OperatorLog log, BenchOrder order, TimeProvider time)
{
    private const int Batch = 50;
    private const int FailuresInARow = 10;

    private readonly List<BenchFailure> failures = [];
    private readonly List<(MessageDocument Document, ServiceBusMessage Message)> batch = new(Batch);
    private int planned;
    private int done;
    private int failed;
    private int failedInARow;

    public async Task<BenchOutcome> RunAsync(IAsyncEnumerable<MessageDocument> documents, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        var pace = new SendPace(order.Rate, time);
        try
        {
            await foreach (var document in documents.WithCancellation(cancellationToken))
            {
                if (planned == (order.Max ?? int.MaxValue) || failedInARow >= FailuresInARow)
                    break;
                planned++;
                Prepare(document);
                if (batch.Count == pace.Batch(Batch))
                    await SendAsync(pace, progress, cancellationToken);
            }

            await SendAsync(pace, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is left is in the file still.
        }

        return new BenchOutcome
        {
            Run = log.Run,
            Planned = planned,
            Done = done,
            Failed = failed,
            NotReached = order.DryRun ? 0 : planned - done - failed,
            Cancelled = cancellationToken.IsCancellationRequested,
            Failures = failures,
        };
    }

    private void Prepare(MessageDocument document)
    {
        try
        {
            batch.Add((document, ReplayMessages.Make(document, order, log.Run)));
        }
        catch (ArgumentException wrong)
        {
            Fail(document, wrong.Message);
        }
    }

    private async Task SendAsync(SendPace pace, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        if (order.DryRun)
            batch.Clear();
        if (batch.Count == 0)
            return;
        await log.AboutToImportAsync(batch);
        foreach (var (document, message) in batch)
        {
            if (pace.Wait() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            pace.Count();
            try
            {
                await sender.SendMessageAsync(message, CancellationToken.None);
                done++;
                failedInARow = 0;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Fail(document, failure.Message);
            }

            progress?.Report(new BenchProgress(planned, done, failed));
        }

        batch.Clear();
    }

    private void Fail(MessageDocument document, string error)
    {
        failed++;
        failedInARow++;
        if (failures.Count < BenchOutcome.MostShown)
            failures.Add(new BenchFailure(document.SequenceNumber, document.MessageId, error));
    }
}
