using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The message of an invocation, what it is settled with, and its session where the trigger has sessions. A feature of the invocation, from which the function's parameters are bound.</summary>
internal sealed record TriggerInput(ServiceBusReceivedMessage Message, ServiceBusMessageActions Actions, ServiceBusSessionMessageActions? Session);

/// <summary>What the worker hands to the middleware and the function.</summary>
internal sealed class InvocationContext(
    TriggerFunction function, Invocation invocation, TriggerInput input, Activity? activity, IServiceProvider services) : FunctionContext
{
    private TriggerBindingContext? binding;
    private TraceContext? trace;
    private InvocationFeatures? features;
    private IDictionary<object, object>? items;

    public TriggerInput Input => input;

    public override string InvocationId => invocation.Id;

    public override string FunctionId => function.Id;

    public override FunctionDefinition FunctionDefinition => function;

    public override TraceContext TraceContext => trace ??= MessageTrace.Of(activity, input.Message);

    public override BindingContext BindingContext => binding ??= new TriggerBindingContext(input.Message);

    /// <summary>Null, whatever the declaration says: so it is in the real worker where the host has no retry policy.</summary>
    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items
    {
        get => items ??= new Dictionary<object, object>();
        set => items = value;
    }

    public override IInvocationFeatures Features => features ??= InvocationFeatures.With(input);

    public override CancellationToken CancellationToken { get; } = invocation.Cancelled;

    private sealed class TriggerBindingContext(ServiceBusReceivedMessage message) : BindingContext
    {
        private IReadOnlyDictionary<string, object?>? data;

        public override IReadOnlyDictionary<string, object?> BindingData => data ??= TriggerMetadata.Of(message);
    }
}
