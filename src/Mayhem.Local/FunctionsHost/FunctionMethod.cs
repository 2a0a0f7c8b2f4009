using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Local.FunctionsHost;

/// <summary>A function's method, compiled to a delegate: what it throws arrives as it was thrown, as from the executor that the real worker generates.</summary>
internal sealed class FunctionMethod
{
    private delegate Task Call(object? instance, FunctionContext context, object input);

    private readonly ObjectFactory? create;
    private readonly Call call;

    /// <exception cref="HostConfigurationException">A parameter or the result is of a type that this host cannot bind.</exception>
    public FunctionMethod(MethodInfo info, ParameterInfo trigger, string function, Type input)
    {
        Info = info;
        TriggerParameter = trigger.Name!;
        call = Compile(info, function, input);
        create = info.IsStatic ? null : ActivatorUtilities.CreateFactory(info.DeclaringType!, Type.EmptyTypes);
    }

    public MethodInfo Info { get; }

    public string TriggerParameter { get; }

    /// <summary>True if the method asks for the session of its message.</summary>
    public bool BindsSession => Info.GetParameters().Any(parameter => parameter.ParameterType == typeof(ServiceBusSessionMessageActions));

    /// <summary>Makes the function's class from the invocation's services and calls the method.</summary>
    public Task InvokeAsync(FunctionContext context, object input) => call(create?.Invoke(context.InstanceServices, null), context, input);

    private static Call Compile(MethodInfo method, string function, Type inputType)
    {
        var instance = Expression.Parameter(typeof(object));
        var context = Expression.Parameter(typeof(FunctionContext));
        var input = Expression.Parameter(typeof(object));
        var bindable = inputType.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            var type when Array.Find(bindable, property => property.PropertyType == type) is { } property => (Expression)Expression.Property(Expression.Convert(input, inputType), property),
            var type when type == typeof(FunctionContext) => context,
            var type when type == typeof(CancellationToken) => Expression.Property(context, nameof(FunctionContext.CancellationToken)),
            var type => throw new HostConfigurationException(
                $"Function '{function}': the parameter '{parameter.Name}' is a {type.Name}. The embedded host binds {string.Join(", ", bindable.Select(property => property.PropertyType.Name))}, FunctionContext and CancellationToken."),
        });
        var body = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, arguments);
        return Expression.Lambda<Call>(AsTask(body, method, function), instance, context, input).Compile();
    }

    private static Expression AsTask(MethodCallExpression body, MethodInfo method, string function)
    {
        if (method.ReturnType == typeof(Task))
            return body;
        if (method.ReturnType == typeof(ValueTask))
            return Expression.Call(body, nameof(ValueTask.AsTask), null);
        if (method.ReturnType != typeof(void))
            throw new HostConfigurationException($"Function '{function}' returns {method.ReturnType.Name}. The embedded host has no output bindings: return Task, ValueTask or nothing.");
        if (method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null)
            throw new HostConfigurationException($"Function '{function}' is async void: nobody could wait for it or see its exception. Return Task.");
        return Expression.Block(body, Expression.Constant(Task.CompletedTask));
    }
}
