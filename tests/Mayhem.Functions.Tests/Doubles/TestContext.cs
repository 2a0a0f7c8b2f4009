using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>An invocation as the worker describes it.</summary>
internal sealed class TestContext(CancellationToken cancellationToken = default) : FunctionContext
{
    public Dictionary<string, object?> Data { get; } = new(StringComparer.Ordinal);

    public string TraceParent { get; init; } = "";

    public override string InvocationId => "invocation-1";

    public override string FunctionId => "function-1";

    public override TraceContext TraceContext => new Trace(TraceParent);

    public override BindingContext BindingContext => new Binding(Data);

    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition { get; } = new Definition();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    public override CancellationToken CancellationToken => cancellationToken;

    private sealed class Trace(string traceParent) : TraceContext
    {
        public override string TraceParent => traceParent;

        public override string TraceState => "";
    }

    private sealed class Binding(Dictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class Definition : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters => [];

        public override string PathToAssembly => "Mayhem.Functions.dll";

        public override string EntryPoint => "RestartFunction.RunAsync";

        public override string Id => "function-1";

        public override string Name => "RestartHost";

        public override IImmutableDictionary<string, BindingMetadata> InputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
    }
}
