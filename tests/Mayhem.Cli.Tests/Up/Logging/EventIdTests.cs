using System.Reflection;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Tests.Up.Logging;

/// <summary>A run logs what all projects say into one file.</summary>
public class EventIdTests
{
    private static readonly IReadOnlyList<(string Project, int Id)> All =
    [
        .. Assemblies(typeof(ExitCodes).Assembly, new HashSet<string>(StringComparer.Ordinal)).SelectMany(assembly => assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>()
            .Select(id => (Project(assembly), id))),
    ];

    [Fact]
    public void Ids_OfAllProjects_AreGivenOnce() => Assert.Empty(All.GroupBy(line => line.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(line => line.Project))}"));

    [Fact]
    public void Thousands_OfIds_BelongToOneProjectEach()
    {
        var projects = All.GroupBy(line => line.Id / 1000).Select(group => group.Select(line => line.Project).Distinct(StringComparer.Ordinal)).ToList();

        Assert.All(projects, projects => Assert.Single(projects));
        Assert.Equal(
            Directory.GetFiles(RepositoryFiles.PathOf("src"), "Log.cs", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal),
            projects.SelectMany(projects => projects).Order(StringComparer.Ordinal));
    }

    // The executable has a name of its own.
    private static string Project(Assembly assembly) => assembly == typeof(ExitCodes).Assembly ? "Mayhem.Cli" : assembly.GetName().Name!;

    private static IEnumerable<Assembly> Assemblies(Assembly from, HashSet<string> seen)
    {
        if (!seen.Add(from.GetName().Name!))
            return [];
        var ours = from.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Mayhem.", StringComparison.Ordinal));
        return ours.SelectMany(name => Assemblies(Assembly.Load(name), seen)).Prepend(from);
    }
}
