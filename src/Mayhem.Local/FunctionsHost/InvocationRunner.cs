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
    Action<InvocationEnd> ended,
    ILoggerFactory loggers)
{
    private readonly TimeProvider time = options.TimeProvider;

    // The real host's category of what becomes of a function, which host.json has levels for; and our own, for what goes wrong in the host itself.
    private readonly ILogger functionLogger = loggers.CreateLogger($"Function.{function.Name}");
    private readonly ILogger logger = loggers.CreateLogger(EmbeddedFunctionsHost.LogCategory);

    public TriggerFunction Function => function;

    /// <summary>Starts the function on a thread of the pool: one that blocks must not hold up the receiver, nor escape its time-out. What it throws is not thrown on.</summary>
    /// <param name="message">The message.</param>
    /// <param name="receiver">Where it came from.</param>
    /// <param name="over">Called when the message is settled, or left alone; with true if the function asked to release the message's session.</param>
    public void Start(ServiceBusReceivedMessage message, ServiceBusReceiver receiver, Action<bool> over)
    {
        var session = receiver is ServiceBusSessionReceiver of ? new InvocationSession(options.SessionActions(of), of.SessionId) : null;
        var invocation = new RunningInvocation(this, message, receiver, new InvocationActions(options.MessageActions(receiver)), session, over);
        registry.Begin(invocation);
        if (functionLogger.IsEnabled(LogLevel.Information))
            Log.Executing(functionLogger, function.Name, invocation.Id, message.MessageId, message.DeliveryCount);
        invocation.Renewal = AutoLockRenewal.Of(message, receiver, host.ServiceBus.MaxAutoLockRenewalDuration, time, logger);
        ThreadPool.UnsafeQueueUserWorkItem(invocation, preferLocal: false);
    }

    /// <summary>Runs the function, and ends the invocation if its time is not up by then.</summary>
    public async Task RunAsync(RunningInvocation invocation)
    {
        Exception? failure = null;
        try
        {
            await InWorkerAsync(invocation);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        if (invocation.TryEnd())
            await EndAsync(invocation, failure);
        else if (failure is not null)
            Log.FailedAfterTimeout(logger, failure, function.Name, invocation.Id);
    }

    /// <summary>Ends an invocation whose function does not return in time.</summary>
    public async Task TimeOutAsync(RunningInvocation invocation)
    {
        if (!invocation.TryEnd())
            return;
        Log.TimedOut(logger, function.Name, invocation.Id, host.FunctionTimeout);
        await CancelAsync(invocation);
        await EndAsync(invocation, new TimeoutException($"Function '{function.Name}' ran longer than functionTimeout, {host.FunctionTimeout:c}. The real host would end the worker now."));
    }

    private async Task InWorkerAsync(RunningInvocation invocation)
    {
        using var activity = MessageTrace.Start(function.Name, invocation.Message);
        await using var scope = scopes.CreateAsyncScope();
        await pipeline(new InvocationContext(function, invocation, new TriggerInput(invocation.Message, invocation.Actions, invocation.Session), activity, scope.ServiceProvider));
    }

    private async Task EndAsync(RunningInvocation invocation, Exception? failure)
    {
        try
        {
            if (invocation.Renewal is not null)
                await invocation.Renewal.DisposeAsync();
            invocation.End();
            var settlement = await SettleAsync(invocation, invocation.Receiver, failure);
            var took = time.GetElapsedTime(invocation.Began);
            if (failure is not null)
                Log.Failed(functionLogger, failure, function.Name, invocation.Id, took.TotalMilliseconds, settlement);
            else if (functionLogger.IsEnabled(LogLevel.Information))
                Log.Succeeded(functionLogger, function.Name, invocation.Id, took.TotalMilliseconds, settlement);
            Tell(new InvocationEnd(invocation, took, failure, settlement));
        }
        catch (Exception unexpected)
        {
            Log.InvocationBroken(logger, unexpected, invocation.Message.MessageId);
        }

        registry.End(invocation, failure is null);
        invocation.Over();
    }

    private async Task<InvocationSettlement> SettleAsync(RunningInvocation invocation, ServiceBusReceiver receiver, Exception? failure)
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

    private async Task CancelAsync(RunningInvocation invocation)
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

    private void Tell(in InvocationEnd what)
    {
        try
        {
            ended(what);
        }
        catch (Exception thrown)
        {
            Log.ObserverFailed(logger, thrown, what.Invocation.Id);
        }
    }
}
