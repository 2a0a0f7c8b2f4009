using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.Tests.FunctionsHost;

/// <summary>What a test wants its function to do.</summary>
public delegate Task FunctionScript(FunctionContext context, ServiceBusReceivedMessage message, ServiceBusMessageActions actions);

/// <summary>Leaves automatic completion to host.json.</summary>
public sealed class ScriptedFunction(FunctionScript script)
{
    [Function("Scripted")]
    public Task RunAsync(
        [ServiceBusTrigger("%TestQueue%", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, FunctionContext context, CancellationToken token)
    {
        Assert.Equal(context.CancellationToken, token);
        return script(context, message, actions);
    }
}

/// <summary>Asks for automatic completion.</summary>
public sealed class CompletingFunction(FunctionScript script)
{
    [Function("Completing")]
    public Task RunAsync([ServiceBusTrigger("%TestQueue%", AutoCompleteMessages = true)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, FunctionContext context) =>
        script(context, message, actions);
}

/// <summary>Declines automatic completion.</summary>
public sealed class KeepingFunction(FunctionScript script)
{
    [Function("Keeping")]
    public Task RunAsync([ServiceBusTrigger("%TestQueue%", AutoCompleteMessages = false)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, FunctionContext context) =>
        script(context, message, actions);
}

/// <summary>Takes messages session by session.</summary>
public sealed class SessionFunction(FunctionScript script)
{
    [Function("Session")]
    public ValueTask RunAsync([ServiceBusTrigger("%TestQueue%", IsSessionsEnabled = true)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, FunctionContext context) =>
        new(script(context, message, actions));
}
