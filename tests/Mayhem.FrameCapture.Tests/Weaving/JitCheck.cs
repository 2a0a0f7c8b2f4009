using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Mayhem.FrameCapture.Tests.Weaving;

/// <summary>Has the JIT compile every method of an assembly that has try blocks, as every woven one has, without running any.</summary>
internal sealed class JitCheck
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public int Compiled { get; private set; }

    public List<string> Invalid { get; } = [];

    public void Check(string path)
    {
        var context = new AssemblyLoadContext(path, isCollectible: false);
        foreach (var type in TypesOf(context.LoadFromAssemblyPath(path)).Where(type => !type.IsInterface))
        {
            foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).Where(method => !method.IsAbstract))
                Check(method);
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }

    // What cannot be prepared here for lack of an assembly or a fitting type argument is no fault of its body.
    private void Check(MethodBase method)
    {
        try
        {
            if (method.GetMethodBody() is not { ExceptionHandlingClauses.Count: > 0 })
                return;
            if (method.DeclaringType!.IsGenericType || method.IsGenericMethod)
                RuntimeHelpers.PrepareMethod(method.MethodHandle, Arguments(method));
            else
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            Compiled++;
        }
        catch (InvalidProgramException error)
        {
            Invalid.Add($"{method.Module.Name} {method.DeclaringType}.{method}: {error.Message}");
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or TypeLoadException or ArgumentException or PlatformNotSupportedException
            or System.Security.VerificationException or BadImageFormatException or MissingMethodException or MissingFieldException or EntryPointNotFoundException)
        {
            return;
        }
    }

    private static RuntimeTypeHandle[] Arguments(MethodBase method)
    {
        var parameters = method.DeclaringType!.GetGenericArguments().AsEnumerable();
        if (method.IsGenericMethod)
            parameters = parameters.Concat(method.GetGenericArguments());
        return [.. parameters.Select(parameter => IsStruct(parameter) ? typeof(int).TypeHandle : typeof(object).TypeHandle)];
    }

    private static bool IsStruct(Type parameter) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
}
