using System.Reflection;
using Mayhem.Functions.Configuration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Local.FunctionsHost.Timers;

/// <summary>Finds the functions that timers start.</summary>
internal static class TimerDiscovery
{
    /// <summary>The functions, without those that a setting disables, whose names are told apart.</summary>
    /// <exception cref="HostConfigurationException">One cannot be run.</exception>
    public static (IReadOnlyList<TimerFunction> Functions, IReadOnlyList<string> Disabled) Find(Assembly assembly, Func<Type, bool> includes, IConfiguration configuration)
    {
        List<TimerFunction> functions = [];
        List<string> disabled = [];
        foreach (var method in assembly.GetTypes().Where(includes).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name }
                || Array.Find(method.GetParameters(), parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null) is not { } parameter)
                continue;
            if (FunctionSwitches.IsDisabled(name, configuration))
                disabled.Add(name);
            else
                functions.Add(Describe(name, method, parameter, parameter.GetCustomAttribute<TimerTriggerAttribute>()!, configuration));
        }
        return (functions, disabled);
    }

    private static TimerFunction Describe(string name, MethodInfo method, ParameterInfo parameter, TimerTriggerAttribute trigger, IConfiguration configuration)
    {
        var expression = BindingExpressions.Resolve(trigger.Schedule, configuration, name);
        try
        {
            return new TimerFunction(name, CronSchedule.Parse(expression), trigger.RunOnStartup, new FunctionMethod(method, parameter, name, typeof(TimerInput)));
        }
        catch (FormatException problem)
        {
            throw new HostConfigurationException($"Function '{name}': its schedule cannot be read. {problem.Message}", problem);
        }
    }
}
