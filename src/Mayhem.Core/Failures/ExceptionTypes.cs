using System.Reflection;

namespace Mayhem.Failures;

/// <summary>Finds exception types by name, for rules in configuration.</summary>
public static class ExceptionTypes
{
    // The runtime's exceptions live in many assemblies; these hold the ones that handlers meet.
    private static readonly Assembly[] RuntimeAssemblies =
    [
        typeof(Exception).Assembly, typeof(System.Net.Http.HttpRequestException).Assembly, typeof(System.Net.Sockets.SocketException).Assembly,
        typeof(System.Text.Json.JsonException).Assembly, typeof(System.ComponentModel.Win32Exception).Assembly, typeof(ExceptionTypes).Assembly,
    ];

    /// <summary>The type of that full or short name; null if there is none, or if a short name fits several.</summary>
    public static Type? Find(string name, IReadOnlyList<Assembly> assemblies)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var everywhere = RuntimeAssemblies.Concat(assemblies).Distinct().ToArray();
        var byFullName = everywhere.Select(assembly => assembly.GetType(name, throwOnError: false)).FirstOrDefault(type => type is not null);
        if (byFullName is not null)
            return typeof(Exception).IsAssignableFrom(byFullName) ? byFullName : null;
        var byShortName = everywhere.SelectMany(Exported)
            .Where(type => string.Equals(type.Name, name, StringComparison.Ordinal) && typeof(Exception).IsAssignableFrom(type))
            .Distinct().Take(2).ToArray();
        return byShortName.Length == 1 ? byShortName[0] : null;
    }

    /// <summary>Full names of up to three exception types whose short names contain the given one's, or are contained in it; nearest in length first.</summary>
    public static IReadOnlyList<string> Near(string name, IReadOnlyList<Assembly> assemblies)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var wanted = Stem(name[(name.LastIndexOf('.') + 1)..]);
        return wanted.Length == 0
            ? []
            : [.. RuntimeAssemblies.Concat(assemblies).Distinct().SelectMany(Exported)
                .Where(type => typeof(Exception).IsAssignableFrom(type) && Stem(type.Name) is { Length: > 2 } stem
                    && (stem.Contains(wanted, StringComparison.OrdinalIgnoreCase) || wanted.Contains(stem, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(type => Math.Abs(Stem(type.Name).Length - wanted.Length)).ThenBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => type.FullName!).Distinct(StringComparer.Ordinal).Take(3)];
    }

    private static string Stem(string shortName) =>
        shortName.EndsWith(nameof(Exception), StringComparison.OrdinalIgnoreCase) ? shortName[..^nameof(Exception).Length] : shortName;

    private static Type[] Exported(Assembly assembly) => assembly.IsDynamic ? [] : assembly.GetExportedTypes();
}
