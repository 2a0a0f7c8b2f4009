using System.Runtime.CompilerServices;
using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Operators;
using Mayhem.DeadLetters.Replays;
using Mayhem.DeadLetters.Work;
using Mayhem.Messages;

namespace Mayhem.DeadLetters;

/// <summary>The bench over the Service Bus SDK: the same for a namespace in Azure and for the embedded broker. Thread-safe.</summary>
/// <param name="client">The namespace.</param>
/// <param name="queue">The queue whose dead letters these are, and to which they are sent again.</param>
/// <param name="audit">Where it goes on record.</param>
/// <param name="time">The clocks.</param>
/// <param name="options">How it works; null for the defaults.</param>
public sealed class DeadLetterBench(ServiceBusClient client, string queue, IOperatorAudit audit, TimeProvider time, DeadLetterBenchOptions? options = null) : IDeadLetterBench
{
    private const int LargestPage = 1000;

    private readonly DeadLetterBenchOptions options = options ?? new DeadLetterBenchOptions();

    /// <inheritdoc />
    public string Queue => $"{client.FullyQualifiedNamespace}/{queue}";

    /// <inheritdoc />
    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, long from, int size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (size is < 1 or > LargestPage)
            throw new BenchException($"A page of {size} is asked for; it must have 1 to {LargestPage}.");
        await using var receiver = Receiver();
        var items = new List<DeadLetterSummary>();
        var scanned = 0;
        await foreach (var message in DeadLetterScan.FromAsync(receiver, from, cancellationToken))
        {
            if (items.Count == size || scanned == options.MaxScanOfPage)
                return new DeadLetterPage(items, message.SequenceNumber, scanned);
            scanned++;
            var dead = DeadLetterReading.Summarize(message, options.GroupOf);
            if (filter.Matches(dead))
                items.Add(dead);
        }

        return new DeadLetterPage(items, Next: null, scanned);
    }

    /// <inheritdoc />
    public async Task<DeadLetterCensus> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var receiver = Receiver();
        return await CensusTaker.CountAsync(DeadLetterScan.FromAsync(receiver, 0, cancellationToken), filter, options, time.GetUtcNow());
    }

    /// <inheritdoc />
    public async Task<DeadLetterDetails?> FindAsync(long sequenceNumber, CancellationToken cancellationToken)
    {
        await using var receiver = Receiver();
        return await PeekAsync(receiver, sequenceNumber, cancellationToken) is { } message ? DeadLetterReading.Detail(message, options.GroupOf) : null;
    }

    /// <inheritdoc />
    public Task<BenchOutcome> ReplayAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken) =>
        SendAgainAsync(OperatorAction.Replay, filter, order, newBody: null, progress, cancellationToken);

    /// <inheritdoc />
    public async Task<BenchOutcome> EditAsync(DeadLetterEdit edit, BenchOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var body = Encoding.UTF8.GetBytes(edit.Body);
        var parsed = RestartRequestParser.Parse(body);
        if (parsed is ParseResult.Unreadable unreadable)
            throw new BenchException($"The new body is no request: {unreadable.Error}");
        var dead = await FindAsync(edit.SequenceNumber, cancellationToken) ?? throw new BenchException($"There is no dead letter {edit.SequenceNumber} any more.");
        if (parsed is ParseResult.Readable { Request: var request } && Is(request.RequestId, dead.Summary.RequestId) && !Is(request.Host, dead.Summary.Host))
            throw new BenchException($"The ledger knows request '{request.RequestId}' with host '{dead.Summary.Host}'. For another host, give it another requestId.");
        return await SendAgainAsync(OperatorAction.Edit, new DeadLetterFilter { SequenceNumbers = [edit.SequenceNumber] }, order, body, progress: null, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<BenchOutcome> DiscardAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(order);
        order.Validate();
        await using var receiver = Receiver();
        var plan = await PlanAsync(receiver, filter, order.Max, cancellationToken);
        var log = new OperatorLog(audit, time, OperatorAction.Discard, order, Queue);
        if (order.DryRun)
            return log.DryRun(plan);
        if (order.Confirmed is not { } confirmed || plan.SequenceNumbers.Count > confirmed)
            throw new BenchException($"{plan.SequenceNumbers.Count} dead letters would be removed for good, and {order.Confirmed ?? 0} were confirmed. Look again, and confirm that many.");
        await log.BeginAsync(filter.ToString(), plan.SequenceNumbers.Count, cancellationToken);
        var outcome = await new BenchWork(receiver, options, time).RunAsync(
            plan, order.Rate, log.AboutToRemoveAsync, message => receiver.CompleteMessageAsync(message, CancellationToken.None), progress, cancellationToken);
        return await log.EndAsync(outcome);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<MessageDocument> ExportAsync(DeadLetterFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var receiver = Receiver();
        await foreach (var message in DeadLetterScan.FromAsync(receiver, 0, cancellationToken))
        {
            if (!filter.Matches(DeadLetterReading.Summarize(message, options.GroupOf)))
                continue;
            MessageBodies.ThrowUnlessBytes(message);
            yield return MessageDocument.Of(message);
        }
    }

    /// <inheritdoc />
    public async Task<BenchOutcome> ImportAsync(IAsyncEnumerable<MessageDocument> documents, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(order);
        order.Validate();
        await using var sender = client.CreateSender(queue);
        var log = new OperatorLog(audit, time, OperatorAction.Import, order, Queue);
        if (!order.DryRun)
            await log.BeginAsync("a file", planned: null, cancellationToken);
        var outcome = await new BenchImport(sender, log, order, time).RunAsync(documents, progress, cancellationToken);
        return order.DryRun ? outcome with { Run = log.Run, DryRun = true } : await log.EndAsync(outcome);
    }

    private async Task<BenchOutcome> SendAgainAsync(
        OperatorAction action, DeadLetterFilter filter, BenchOrder order, ReadOnlyMemory<byte>? newBody, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(order);
        order.Validate();
        await using var receiver = Receiver();
        var plan = await PlanAsync(receiver, filter, order.Max, cancellationToken);
        var log = new OperatorLog(audit, time, action, order, Queue);
        if (order.DryRun)
            return log.DryRun(plan);
        await log.BeginAsync(filter.ToString(), plan.SequenceNumbers.Count, cancellationToken);
        await using var sender = client.CreateSender(queue);
        var outcome = await new BenchWork(receiver, options, time).RunAsync(
            plan,
            order.Rate,
            messages => log.AboutToSendAsync(messages, message => MakeAgain(message).MessageId),
            async message =>
            {
                if (newBody is null)
                    MessageBodies.ThrowUnlessBytes(message);

                // In this order: a crash in between leaves the dead letter, and sends under the same id again.
                await sender.SendMessageAsync(MakeAgain(message), CancellationToken.None);
                await RemoveAsync(receiver, message);
            },
            progress,
            cancellationToken);
        return await log.EndAsync(outcome);

        ServiceBusMessage MakeAgain(ServiceBusReceivedMessage message) => ReplayMessages.Make(MessageDocument.Of(message), order, log.Run, newBody);
    }

    private static bool Is(string one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static async Task RemoveAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage sent)
    {
        try
        {
            await receiver.CompleteMessageAsync(sent, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new BenchException($"it was sent again, and could not be removed: {failure.Message} Replayed once more, it is sent under the same id.", failure);
        }
    }

    private async Task<BenchPlan> PlanAsync(ServiceBusReceiver receiver, DeadLetterFilter filter, int? max, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        var sample = new List<DeadLetterSummary>();
        var scanned = 0;
        await foreach (var message in DeadLetterScan.FromAsync(receiver, 0, cancellationToken))
        {
            if (numbers.Count == (max ?? int.MaxValue) || scanned == options.MaxScan)
                break;
            scanned++;
            var dead = DeadLetterReading.Summarize(message, options.GroupOf);
            if (!filter.Matches(dead))
                continue;
            numbers.Add(dead.SequenceNumber);
            if (sample.Count < BenchOutcome.MostShown)
                sample.Add(dead);
        }

        return new BenchPlan(numbers, scanned, sample);
    }

    private static async Task<ServiceBusReceivedMessage?> PeekAsync(ServiceBusReceiver receiver, long sequenceNumber, CancellationToken cancellationToken) =>
        await receiver.PeekMessagesAsync(1, sequenceNumber, cancellationToken) is [var message, ..] && message.SequenceNumber == sequenceNumber ? message : null;

    private ServiceBusReceiver Receiver() => client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
}
