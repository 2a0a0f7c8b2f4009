using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Listens on a queue with sessions: holds so many sessions at a time, takes the messages of each in order, and lets a session go when it has been idle.</summary>
internal sealed class SessionListener(
    ServiceBusClient client, string queue, StartInvocation start, ServiceBusHostSettings settings, TimeProvider time, ILogger logger)
    : IListener
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<ServiceBusSessionReceiver, byte> open = new();
    private Task serving = Task.CompletedTask;

    public void Start() =>
        serving = Task.WhenAll(Enumerable.Range(0, settings.MaxConcurrentSessions).Select(_ => Task.Run(() => ServeAsync(stopping.Token))));

    public async Task StopReceivingAsync()
    {
        await stopping.CancelAsync();
        await serving;
    }

    public async ValueTask DisposeAsync()
    {
        stopping.Dispose();
        foreach (var session in open.Keys)
            await CloseAsync(session);
    }

    private async Task ServeAsync(CancellationToken token)
    {
        try
        {
            while (!token.IsCancellationRequested)
            {
                var session = await AcceptAsync(token);
                open[session] = 0;
                var released = await ServeAsync(session, token);
                await released.WaitAsync(token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
        }
    }

    // Returns when no further message of the session is started; the task it returns ends when the session has been let go.
    private async Task<Task> ServeAsync(ServiceBusSessionReceiver session, CancellationToken token)
    {
        var idle = settings.SessionIdleTimeout ?? settings.TryTimeout;
        var pump = new MessagePump(session, start, new PumpSettings(settings.MaxConcurrentCallsPerSession, settings.PrefetchCount, idle, UntilIdle: true), time, logger);
        var released = ReleaseAsync(session, pump);
        await pump.RunAsync(token);
        return released;
    }

    private async Task ReleaseAsync(ServiceBusSessionReceiver session, MessagePump pump)
    {
        await using (AutoLockRenewal.Of(session, settings.MaxAutoLockRenewalDuration, time, logger))
            await pump.WhenIdleAsync();
        await CloseAsync(session);
    }

    private async Task<ServiceBusSessionReceiver> AcceptAsync(CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            try
            {
                return await client.AcceptNextSessionAsync(queue, new ServiceBusSessionReceiverOptions(), token);
            }
            catch (ServiceBusException none) when (none.Reason == ServiceBusFailureReason.ServiceTimeout)
            {
                // No session has messages.
            }
            catch (Exception failed) when (!token.IsCancellationRequested)
            {
                Log.NotReceived(logger, failed, queue);
                await Task.Delay(AfterFailure, time, token);
            }
        }
    }

    private async Task CloseAsync(ServiceBusSessionReceiver session)
    {
        if (!open.TryRemove(session, out _))
            return;
        try
        {
            await session.CloseAsync(CancellationToken.None);
        }
        catch (Exception failed)
        {
            Log.SessionNotClosed(logger, failed, session.SessionId);
        }
    }
}
