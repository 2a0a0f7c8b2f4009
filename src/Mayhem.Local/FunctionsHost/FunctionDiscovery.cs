using System.Reflection;
using Mayhem.Functions.Configuration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Finds the functions of an assembly by their attributes.</summary>
internal static class FunctionDiscovery
{
    /// <summary>The functions that a Service Bus queue triggers, the names of those that a setting disables, and of those that something else triggers, timers apart.</summary>
    /// <exception cref="HostConfigurationException">There is no such function, or one that this host cannot run.</exception>
    public static (IReadOnlyList<TriggerFunction> Functions, IReadOnlyList<string> Disabled, IReadOnlyList<string> Others) Find(
        Assembly assembly, Func<Type, bool> includes, IConfiguration configuration, ServiceBusHostSettings settings)
    {
        var functions = new List<TriggerFunction>();
        var disabled = new List<string>();
        var others = new List<string>();
        foreach (var method in assembly.GetTypes().Where(includes).SelectMany(Methods))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
                continue;
            var trigger = method.GetParameters().FirstOrDefault(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null)
                ?? throw new HostConfigurationException($"Function '{attribute.Name}' ({method.DeclaringType}.{method.Name}) has no trigger: mark the parameter that takes the message with [ServiceBusTrigger].");
            if (trigger.GetCustomAttribute<TimerTriggerAttribute>() is not null)
                continue;
            if (FunctionSwitches.IsDisabled(attribute.Name, configuration))
                disabled.Add(attribute.Name);
            else if (trigger.GetCustomAttribute<ServiceBusTriggerAttribute>() is { } bus)
                functions.Add(Describe(attribute.Name, method, trigger, bus, configuration, settings));
            else
                others.Add(attribute.Name);
        }

        if (functions.Count == 0 && disabled.Count > 0)
            throw new HostConfigurationException($"Every function is disabled. Set one of {string.Join(" and ", disabled.Select(FunctionSwitches.KeyOf))} to false.");
        if (functions.Count == 0)
            throw new HostConfigurationException($"{assembly.GetName().Name} has no function with a [ServiceBusTrigger].");
        if (functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new HostConfigurationException($"Two functions are named '{twice.Key}': {string.Join(" and ", twice.Select(function => function.EntryPoint))}.");
        return (functions, disabled, others);
    }

    private static MethodInfo[] Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static TriggerFunction Describe(
        string name, MethodInfo method, ParameterInfo parameter, ServiceBusTriggerAttribute trigger, IConfiguration configuration, ServiceBusHostSettings settings)
    {
        if (trigger.IsBatched)
            throw new HostConfigurationException($"Function '{name}' takes batches (IsBatched). The embedded host delivers one message at a time.");
        if (trigger.QueueName is null)
            throw new HostConfigurationException($"Function '{name}' listens on the subscription '{trigger.TopicName}/{trigger.SubscriptionName}'. The embedded broker has queues only.");
        var compiled = new FunctionMethod(method, parameter, name, typeof(TriggerInput));
        if (compiled.BindsSession && !trigger.IsSessionsEnabled)
            throw new HostConfigurationException($"Function '{name}' binds ServiceBusSessionMessageActions, but its trigger has no sessions (IsSessionsEnabled).");
        var queue = BindingExpressions.Resolve(trigger.QueueName, configuration, name);
        return new TriggerFunction(name, queue, trigger, AutoCompleteSaid(parameter) ?? settings.AutoCompleteMessages, compiled);
    }

    // An attribute that does not mention the property leaves the choice to host.json, so its value alone does not tell.
    private static bool? AutoCompleteSaid(ParameterInfo parameter) =>
        parameter.GetCustomAttributesData().Single(data => data.AttributeType == typeof(ServiceBusTriggerAttribute)).NamedArguments
            .Where(argument => string.Equals(argument.MemberName, nameof(ServiceBusTriggerAttribute.AutoCompleteMessages), StringComparison.Ordinal))
            .Select(argument => (bool?)argument.TypedValue.Value)
            .FirstOrDefault();
}
