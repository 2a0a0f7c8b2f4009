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

/// <summary>Starts a function for a message, and returns at once.</summary>
/// <param name="message">The message.</param>
/// <param name="receiver">Where it came from.</param>
/// <param name="over">Called once, when the message is settled or left alone; with true if the function asked to release the message's session.</param>
internal delegate void StartInvocation(ServiceBusReceivedMessage message, ServiceBusReceiver receiver, Action<bool> over);

/// <summary>
/// Receives messages as long as there is room for them, and runs them, so many at a time, in the order in which they came.
/// One loop receives; whoever ends makes room and starts the next.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds no wait handle, and a run that was cut off still uses it.")]
internal sealed class MessagePump
{
    // So many locks run at most while their messages wait for a thread.
    private const int MostAtOnce = 256;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly ServiceBusReceiver receiver;
    private readonly StartInvocation start;
    private readonly PumpSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly Queue<ServiceBusReceivedMessage> ahead = new();
    private readonly PumpRoom room;
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource last = new();
    private readonly Action<bool> over;
    private int running;
    private bool ended;

    public MessagePump(ServiceBusReceiver receiver, StartInvocation start, PumpSettings settings, TimeProvider time, ILogger logger)
    {
        this.receiver = receiver;
        this.start = start;
        this.settings = settings;
        this.time = time;
        this.logger = logger;
        room = new PumpRoom(settings.Calls + settings.Ahead);
        over = OnOver;
    }

    /// <summary>Receives until the token is cancelled, a run says that it was the last, or the pump is idle. Then nothing more is started; what was received ahead is abandoned.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, last.Token);
        await using var woken = ending.Token.UnsafeRegister(static room => ((PumpRoom)room!).Close(), room);
        try
        {
            while (true)
            {
                await room.WhenFreeAsync();
                ending.Token.ThrowIfCancellationRequested();
                var wanted = room.Take(MostAtOnce);
                var messages = await ReceiveAsync(wanted, ending.Token);
                if (messages.Count < wanted)
                    room.Give(wanted - messages.Count);
                for (var i = 0; i < messages.Count; i++)
                    Admit(messages[i]);
                if (messages.Count == 0 && settings.UntilIdle)
                    break;
                if (messages.Count == MostAtOnce)
                    await Task.Yield(); // To the end of the pool's queue, behind those that were started.
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }

        await GiveBackAsync();
    }

    /// <summary>Ends when the pump has ended and nothing that it started is running.</summary>
    public Task WhenIdleAsync() => idle.Task;

    private async ValueTask<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int wanted, CancellationToken stopping)
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

        Start(message);
    }

    private void Start(ServiceBusReceivedMessage message)
    {
        try
        {
            start(message, receiver, over);
        }
        catch (Exception unexpected)
        {
            Log.InvocationBroken(logger, unexpected, message.MessageId);
            OnOver(releases: false);
        }
    }

    private void OnOver(bool releases)
    {
        if (releases)
            last.Cancel();
        ServiceBusReceivedMessage? next = null;
        lock (gate)
        {
            if (last.IsCancellationRequested || !ahead.TryDequeue(out next))
            {
                running--;
                EndIfIdle();
            }
        }

        if (next is not null)
            Start(next);
        room.Give(1);
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
