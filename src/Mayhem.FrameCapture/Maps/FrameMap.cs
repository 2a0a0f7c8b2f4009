using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mayhem.FrameCapture.Maps;

/// <summary>What the weaver knows of the methods it wove, by their numbers; it travels as a resource in the woven assembly.</summary>
internal sealed class FrameMap(IReadOnlyList<MappedMethod> methods)
{
    /// <summary>Name of the resource.</summary>
    public const string ResourceName = "Mayhem.FrameCapture.map";

    private static readonly ConditionalWeakTable<Assembly, FrameMap> Maps = [];

    /// <summary>A woven method of an assembly; null if the assembly has no such map, or none that can be read.</summary>
    public static MappedMethod? Find(Assembly assembly, int id)
    {
        var methods = Maps.GetValue(assembly, Load).Methods;
        return id >= 0 && id < methods.Count ? methods[id] : null;
    }

    private IReadOnlyList<MappedMethod> Methods => methods;

    private static FrameMap Load(Assembly assembly)
    {
        using var resource = assembly.GetManifestResourceStream(ResourceName);
        return new(resource is null ? [] : FrameMapFile.Read(resource));
    }
}
