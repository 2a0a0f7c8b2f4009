using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Runs one function for one message, and does with the message what the real host does.</summary>
internal sealed class InvocationRunner(
    TriggerFunction function,
    FunctionExecutionDelegate pipeline,
    IServiceScopeFactory scopes,
    EmbeddedHostOptions options,
    HostJson host,
    InvocationRegistry registry,
    Action<InvocationEndedEventArgs> ended,
    ILoggerFactory loggers)
{
    private readonly TimeProvider time = options.TimeProvider;

    // The real host's category of what becomes of a function, which host.json has levels for; and our own, for what goes wrong in the host itself.
    private readonly ILogger functionLogger = loggers.CreateLogger($"Function.{function.Name}");
    private readonly ILogger logger = loggers.CreateLogger(EmbeddedFunctionsHost.LogCategory);

    /// <summary>Ends when the message is settled, or left alone. What the function throws is not thrown on.</summary>
    /// <returns>True if the function asked to release the message's session.</returns>
    public async Task<bool> RunAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        var session = receiver is ServiceBusSessionReceiver of ? new InvocationSession(options.SessionActions(of), of.SessionId) : null;
        var invocation = new Invocation(function, message, new InvocationActions(options.MessageActions(receiver)), session);
        var began = time.GetTimestamp();
        registry.Begin(invocation);
        Log.Executing(functionLogger, function.Name, invocation.Id, message.MessageId, message.DeliveryCount);

        using var over = new CancellationTokenSource();
        var renewal = AutoLockRenewal.KeepAsync(message, receiver, host.ServiceBus.MaxAutoLockRenewalDuration, time, logger, over.Token);
        var failure = await InvokeAsync(invocation);
        await over.CancelAsync();
        await renewal;
        invocation.End();

        var settlement = await SettleAsync(invocation, receiver, failure);
        var took = time.GetElapsedTime(began);
        if (failure is null)
            Log.Succeeded(functionLogger, function.Name, invocation.Id, took.TotalMilliseconds, settlement);
        else
            Log.Failed(functionLogger, failure, function.Name, invocation.Id, took.TotalMilliseconds, settlement);
        Tell(new InvocationEndedEventArgs
        {
            Function = function.Name,
            InvocationId = invocation.Id,
            MessageId = message.MessageId,
            DeliveryCount = message.DeliveryCount,
            Duration = took,
            Failure = failure,
            Settlement = settlement,
        });
        registry.End(invocation, failure is null);
        return session is { Releases: true };
    }

    private async Task<Exception?> InvokeAsync(Invocation invocation)
    {
        // A thread of its own from the start: a function that blocks must not hold up the receiver, nor escape its time-out.
        var work = Task.Run(() => InWorkerAsync(invocation));
        try
        {
            await work.WaitAsync(host.FunctionTimeout, time);
            return null;
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            Log.TimedOut(logger, function.Name, invocation.Id, host.FunctionTimeout);
            await CancelAsync(invocation);
            _ = ObserveAsync(work, invocation);
            return new TimeoutException($"Function '{function.Name}' ran longer than functionTimeout, {host.FunctionTimeout:c}. The real host would end the worker now.");
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private async Task InWorkerAsync(Invocation invocation)
    {
        using var activity = MessageTrace.Start(function.Name, invocation.Message);
        await using var scope = scopes.CreateAsyncScope();
        await pipeline(new InvocationContext(function, invocation, new TriggerInput(invocation.Message, invocation.Actions, invocation.Session), activity, scope.ServiceProvider));
    }

    private async Task<InvocationSettlement> SettleAsync(Invocation invocation, ServiceBusReceiver receiver, Exception? failure)
    {
        if (invocation.Actions.Settled)
            return InvocationSettlement.ByFunction;
        if (invocation.CutOff)
            return InvocationSettlement.LeftLocked;
        try
        {
            if (failure is not null)
            {
                await receiver.AbandonMessageAsync(invocation.Message);
                return InvocationSettlement.Abandoned;
            }

            if (function.AutoComplete)
            {
                await receiver.CompleteMessageAsync(invocation.Message);
                return InvocationSettlement.Completed;
            }
        }
        catch (Exception refused)
        {
            Log.NotSettledByHost(logger, refused, function.Name, invocation.Message.MessageId);
        }

        return InvocationSettlement.LeftLocked;
    }

    private async Task CancelAsync(Invocation invocation)
    {
        try
        {
            await invocation.CancelAsync();
        }
        catch (AggregateException thrown)
        {
            Log.CancellationCallbackFailed(logger, thrown, function.Name, invocation.Id);
        }
    }

    private async Task ObserveAsync(Task work, Invocation invocation)
    {
        try
        {
            await work;
        }
        catch (Exception late)
        {
            Log.FailedAfterTimeout(logger, late, function.Name, invocation.Id);
        }
    }

    private void Tell(InvocationEndedEventArgs what)
    {
        try
        {
            ended(what);
        }
        catch (Exception thrown)
        {
            Log.ObserverFailed(logger, thrown, what.InvocationId);
        }
    }
}
