using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost.Timers;

/// <summary>A function that a timer starts.</summary>
internal sealed class TimerFunction : FunctionDefinition
{
    public TimerFunction(string name, CronSchedule schedule, bool runsOnStartup, FunctionMethod method)
    {
        Name = name;
        Schedule = schedule;
        RunsOnStartup = runsOnStartup;
        Method = method;
        EntryPoint = $"{method.Info.DeclaringType!.FullName}.{method.Info.Name}";
        PathToAssembly = method.Info.DeclaringType.Assembly.Location;
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{EntryPoint}:{name}")))[..32];
        Parameters = [.. method.Info.GetParameters().Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];
        InputBindings = ImmutableDictionary<string, BindingMetadata>.Empty.Add(method.TriggerParameter, new TimerBinding(method.TriggerParameter));
    }

    public override string Name { get; }

    public CronSchedule Schedule { get; }

    public bool RunsOnStartup { get; }

    public override string Id { get; }

    public override string EntryPoint { get; }

    public override string PathToAssembly { get; }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ImmutableDictionary<string, BindingMetadata>.Empty;

    internal FunctionMethod Method { get; }

    private sealed class TimerBinding(string parameter) : BindingMetadata
    {
        public override string Name => parameter;

        public override string Type => "timerTrigger";

        public override BindingDirection Direction => BindingDirection.In;
    }
}
