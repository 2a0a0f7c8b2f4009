using System.Diagnostics;
using System.Reflection;

namespace Mayhem.Local.Fleet;

/// <summary>How a host's process is started.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">What comes before <c>host --name …</c>.</param>
public sealed record HostLaunch(string FileName, IReadOnlyList<string> Arguments)
{
    // Measured: a start is mostly the runtime's own. Less of it makes a small process that is up sooner.
    private static readonly (string Name, string Value)[] SmallRuntime =
    [
        ("DOTNET_TieredPGO", "0"), ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_GCHeapHardLimit", "0x1000000"), ("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <summary>The program that is running, whether it was started by its own executable or by <c>dotnet mayhem.dll</c>.</summary>
    public static HostLaunch ThisProgram()
    {
        var executable = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known: set FleetOptions.Launch.");
        var startedByDotnet = string.Equals(Path.GetFileNameWithoutExtension(executable), "dotnet", StringComparison.OrdinalIgnoreCase);
        return new HostLaunch(executable, startedByDotnet && Assembly.GetEntryAssembly() is { } entry ? [entry.Location] : []);
    }

    internal ProcessStartInfo With(IEnumerable<string> hostArguments)
    {
        var info = new ProcessStartInfo(FileName, [.. Arguments, "host", .. hostArguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in SmallRuntime)
            info.Environment[name] = value;
        return info;
    }
}
