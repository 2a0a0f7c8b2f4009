using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost.Timers;

/// <summary>What the timer says. A feature of the invocation, from which the function's parameters are bound.</summary>
internal sealed record TimerInput(TimerInfo Timer);

/// <summary>What the worker hands to the middleware and the function that a timer has started.</summary>
internal sealed class TimerContext(TimerFunction function, TimerInput input, Activity activity, IServiceProvider services, CancellationToken cancelled) : FunctionContext
{
    private readonly InvocationFeatures features = InvocationFeatures.With(input);

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override FunctionDefinition FunctionDefinition => function;

    public override TraceContext TraceContext { get; } = new ActivityTraceContext(activity);

    public override BindingContext BindingContext { get; } = new NoData();

    /// <summary>Null, whatever the declaration says: so it is in the real worker where the host has no retry policy.</summary>
    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => features;

    public override CancellationToken CancellationToken { get; } = cancelled;

    private sealed class NoData : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
    }
}
