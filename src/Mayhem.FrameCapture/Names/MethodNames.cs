using System.Reflection;
using System.Runtime.CompilerServices;
using Mayhem.FrameCapture.Names;

namespace Mayhem.FrameCapture;

/// <summary>Names of methods as their authors know them: <c>RestartWorkflow.RunAsync(RestartRequest request)</c>, not <c>&lt;RunAsync&gt;d__5.MoveNext()</c>.</summary>
public static class MethodNames
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Type, name and parameters, without the namespace. Async methods and iterators have their own name instead of their state machine's,
    /// local functions and lambdas that of the method around them: <c>Fleet.StopAsync+Retry(int times)</c>, <c>Fleet.StopAsync+lambda(Host host)</c>.
    /// </summary>
    public static string Of(MethodBase method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var written = Written(method);
        var parameters = string.Join(", ", written.GetParameters().Where(IsWritten).Select(Parameter));
        var type = WrittenType(written.DeclaringType) is { } owner ? TypeNames.Of(owner) : null;
        return written switch
        {
            ConstructorInfo { IsStatic: true } => $"static {type}()",
            ConstructorInfo => $"new {type}({parameters})",
            _ when Property(written) is { } property => $"{type}.{property}({parameters})",
            _ => $"{(type is null ? "" : type + ".")}{CompilerNames.OfMethod(written.Name)}{TypeParameters(written)}({parameters})",
        };
    }

    /// <summary>The method somebody wrote: of a state machine's <c>MoveNext</c> the async method or iterator, of every other method the method itself.</summary>
    public static MethodBase Written(MethodBase method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method.Name != "MoveNext" || method.DeclaringType is not { DeclaringType: { } owner } machine)
            return method;
        var definition = machine.IsGenericType ? machine.GetGenericTypeDefinition() : machine;
        foreach (var candidate in owner.GetMethods(Declared))
        {
            if (candidate.GetCustomAttribute<StateMachineAttribute>() is { } made && made.StateMachineType == definition)
                return candidate;
        }

        return method;
    }

    // Closures and state machines are types nobody wrote.
    internal static Type? WrittenType(Type? type)
    {
        while (type is { DeclaringType: { } outer } && CompilerNames.IsMade(type.Name))
            type = outer;
        return type;
    }

    private static string? Property(MethodBase method)
    {
        if (!method.IsSpecialName || method.Name.Length < 5)
            return null;
        return method.Name[..4] switch
        {
            "get_" => method.Name[4..] + ".get",
            "set_" => method.Name[4..] + ".set",
            _ => null,
        };
    }

    private static string TypeParameters(MethodBase method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Of))}>" : "";

    // A local function is given the variables around it in a struct.
    private static bool IsWritten(ParameterInfo parameter) =>
        !(parameter.ParameterType is { IsByRef: true } reference && CompilerNames.IsMade(reference.GetElementType()!.Name));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsByRef)
            return $"{TypeNames.Of(type)} {parameter.Name}".TrimEnd();
        var passing = parameter.IsOut ? "out" : parameter.IsIn ? "in" : "ref";
        return $"{passing} {TypeNames.Of(type.GetElementType()!)} {parameter.Name}".TrimEnd();
    }
}
