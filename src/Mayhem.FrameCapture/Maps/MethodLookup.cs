using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mayhem.FrameCapture.Maps;

/// <summary>
/// Finds a woven method again. A woven method hands over its type and number rather than a handle of itself, which costs five times as much.
/// </summary>
internal static class MethodLookup
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<MappedMethod, MethodBase> Known = [];

    /// <summary>The method; null if the assembly was rewritten since in such a way that it cannot be told any more.</summary>
    public static MethodBase? Find(Type type, MappedMethod method)
    {
        if (Known.TryGetValue(method, out var known))
            return known;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var found = ByToken(definition, method) ?? ByName(definition, method.Name);
        if (found is not null)
            Known.AddOrUpdate(method, found);
        return found;
    }

    private static MethodBase? ByToken(Type type, MappedMethod method)
    {
        try
        {
            var found = type.Module.ResolveMethod(method.Token);
            return found?.Name == method.Name && found.DeclaringType == type ? found : null;
        }
        catch (ArgumentException)
        {
            // The assembly has no such method any more.
            return null;
        }
    }

    private static MethodBase? ByName(Type type, string name)
    {
        var named = type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).Where(method => method.Name == name).Take(2).ToArray();
        return named is [var only] ? only : null;
    }
}
