using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>How a pump works.</summary>
/// <param name="Calls">How many messages are run at the same time.</param>
/// <param name="Ahead">How many more are received ahead of their turn.</param>
/// <param name="Wait">How long one attempt to receive waits.</param>
/// <param name="UntilIdle">Whether the pump ends when such a wait ended without a message.</param>
internal sealed record PumpSettings(int Calls, int Ahead, TimeSpan Wait, bool UntilIdle);

/// <summary>
/// Receives messages as long as there is room for them, and runs them, so many at a time, in the order in which they came.
/// One loop receives; whoever ends makes room and starts the next.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither holds a wait handle, and a run that was cut off still uses both.")]
internal sealed class MessagePump(
    ServiceBusReceiver receiver, Func<ServiceBusReceivedMessage, ServiceBusReceiver, Task<bool>> run, PumpSettings settings, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<ServiceBusReceivedMessage> ahead = new();
    private readonly SemaphoreSlim room = new(settings.Calls + settings.Ahead);
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource last = new();
    private int running;
    private bool ended;

    /// <summary>Receives until the token is cancelled, a run says that it was the last, or the pump is idle. Then nothing more is started; what was received ahead is abandoned.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, last.Token);
        try
        {
            while (true)
            {
                var wanted = await TakeRoomAsync(ending.Token);
                var messages = await ReceiveAsync(wanted, ending.Token);
                if (messages.Count < wanted)
                    room.Release(wanted - messages.Count);
                foreach (var message in messages)
                    Admit(message);
                if (messages.Count == 0 && settings.UntilIdle)
                    break;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }

        await GiveBackAsync();
    }

    /// <summary>Ends when the pump has ended and nothing that it started is running.</summary>
    public Task WhenIdleAsync() => idle.Task;

    private async Task<int> TakeRoomAsync(CancellationToken stopping)
    {
        await room.WaitAsync(stopping);
        var taken = 1;
        while (room.Wait(0, CancellationToken.None))
            taken++;
        return taken;
    }

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int wanted, CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                return await receiver.ReceiveMessagesAsync(wanted, settings.Wait, stopping);
            }
            catch (ServiceBusException lost) when (settings.UntilIdle && lost.Reason == ServiceBusFailureReason.SessionLockLost)
            {
                return [];
            }
            catch (Exception failed) when (!stopping.IsCancellationRequested)
            {
                Log.NotReceived(logger, failed, receiver.EntityPath);
                await Task.Delay(AfterFailure, time, stopping);
            }
        }
    }

    private void Admit(ServiceBusReceivedMessage message)
    {
        lock (gate)
        {
            if (running == settings.Calls)
            {
                ahead.Enqueue(message);
                return;
            }

            running++;
        }

        _ = RunAllAsync(message);
    }

    private async Task RunAllAsync(ServiceBusReceivedMessage? message)
    {
        while (message is not null)
        {
            await RunOneAsync(message);
            lock (gate)
            {
                message = last.IsCancellationRequested || !ahead.TryDequeue(out var next) ? null : next;
                if (message is null)
                {
                    running--;
                    EndIfIdle();
                }
            }

            room.Release();
        }
    }

    private async Task RunOneAsync(ServiceBusReceivedMessage message)
    {
        try
        {
            if (await run(message, receiver))
                await last.CancelAsync();
        }
        catch (Exception unexpected)
        {
            Log.InvocationBroken(logger, unexpected, message.MessageId);
        }
    }

    private async Task GiveBackAsync()
    {
        ServiceBusReceivedMessage[] unstarted;
        lock (gate)
        {
            unstarted = [.. ahead];
            ahead.Clear();
            ended = true;
            EndIfIdle();
        }

        foreach (var message in unstarted)
        {
            try
            {
                await receiver.AbandonMessageAsync(message, propertiesToModify: null, CancellationToken.None);
            }
            catch (Exception refused)
            {
                Log.NotGivenBack(logger, refused, message.MessageId);
            }
        }
    }

    private void EndIfIdle()
    {
        if (ended && running == 0)
            idle.TrySetResult();
    }
}
