using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>A function that messages of one queue start.</summary>
public sealed class TriggerFunction : FunctionDefinition
{
    internal TriggerFunction(string name, string queue, ServiceBusTriggerAttribute trigger, bool autoComplete, FunctionMethod method)
    {
        Name = name;
        Queue = queue;
        Connection = trigger.Connection;
        IsSessionsEnabled = trigger.IsSessionsEnabled;
        AutoComplete = autoComplete;
        Method = method;
        EntryPoint = $"{method.Info.DeclaringType!.FullName}.{method.Info.Name}";
        PathToAssembly = method.Info.DeclaringType.Assembly.Location;
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{EntryPoint}:{name}")))[..32];
        Parameters = [.. method.Info.GetParameters().Select(Describe)];
        InputBindings = ImmutableDictionary<string, BindingMetadata>.Empty.Add(method.TriggerParameter, new TriggerBinding(method.TriggerParameter));
    }

    /// <inheritdoc />
    public override string Name { get; }

    /// <summary>The queue, with binding expressions resolved.</summary>
    public string Queue { get; }

    /// <summary>The setting that holds the connection in Azure.</summary>
    public string? Connection { get; }

    /// <summary>Whether messages are taken session by session.</summary>
    public bool IsSessionsEnabled { get; }

    /// <summary>Whether the host completes a message that the function left unsettled.</summary>
    public bool AutoComplete { get; }

    /// <inheritdoc />
    public override string Id { get; }

    /// <inheritdoc />
    public override string EntryPoint { get; }

    /// <inheritdoc />
    public override string PathToAssembly { get; }

    /// <inheritdoc />
    public override ImmutableArray<FunctionParameter> Parameters { get; }

    /// <inheritdoc />
    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <inheritdoc />
    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ImmutableDictionary<string, BindingMetadata>.Empty;

    internal FunctionMethod Method { get; }

    private static FunctionParameter Describe(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<ServiceBusTriggerAttribute>() is { } trigger
            ? new FunctionParameter(parameter.Name!, parameter.ParameterType, ImmutableDictionary<string, object>.Empty.Add("bindingAttribute", trigger))
            : new FunctionParameter(parameter.Name!, parameter.ParameterType);

    private sealed class TriggerBinding(string parameter) : BindingMetadata
    {
        public override string Name => parameter;

        public override string Type => "serviceBusTrigger";

        public override BindingDirection Direction => BindingDirection.In;
    }
}
