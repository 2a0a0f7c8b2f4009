using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Tests.Telemetry.Names;

/// <summary>The log lines that the app can write, as its assemblies declare them.</summary>
internal static partial class EmittedEvents
{
    public static IReadOnlyList<(string Name, EventNames Names)> All { get; } =
    [
        .. Assemblies(typeof(MayhemBuilderExtensions).Assembly, new HashSet<string>(StringComparer.Ordinal)).SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Method: method, Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Line is not null)
            .Select(found => (found.Line!.EventName ?? found.Method.Name, Names(found.Line!))),
    ];

    private static EventNames Names(LoggerMessageAttribute line) =>
        new(line.EventId, line.Level == LogLevel.None ? "varies" : line.Level.ToString(), [.. Placeholders().Matches(line.Message).Select(match => match.Groups["name"].Value)]);

    private static IEnumerable<Assembly> Assemblies(Assembly from, HashSet<string> seen)
    {
        if (!seen.Add(from.GetName().Name!))
            return [];
        var ours = from.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Mayhem.", StringComparison.Ordinal));
        return ours.SelectMany(name => Assemblies(Assembly.Load(name), seen)).Prepend(from);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(?:[,:][^}]*)?\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholders();
}
