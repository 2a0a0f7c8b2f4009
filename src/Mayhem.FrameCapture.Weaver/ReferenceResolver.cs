using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Finds referenced assemblies among those the compiler used, and otherwise beside the assembly or in the runtime.</summary>
internal sealed class ReferenceResolver : BaseAssemblyResolver
{
    private readonly Dictionary<string, string> paths;
    private readonly Dictionary<string, AssemblyDefinition> opened = new(StringComparer.Ordinal);

    public ReferenceResolver(string assembly, IEnumerable<string> references)
    {
        paths = references.DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.Ordinal);
        AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(assembly)));
        AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
    }

    public override AssemblyDefinition Resolve(AssemblyNameReference name)
    {
        if (opened.TryGetValue(name.Name, out var known))
            return known;
        var found = paths.TryGetValue(name.Name, out var path)
            ? AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this })
            : base.Resolve(name);
        opened[name.Name] = found;
        return found;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var assembly in opened.Values)
            assembly.Dispose();
        base.Dispose(disposing);
    }
}
