using System.Diagnostics;
using System.Reflection;
using Mayhem.Testing;

namespace Mayhem.FrameCapture.Tests.Builds;

/// <summary>A project of somebody else, in a folder of its own, that imports the targets file.</summary>
public sealed class SampleProject : IDisposable
{
    public const string Source =
        """
        namespace Sample;

        public static class Restarter
        {
            public static string Restart(string host, int attempt)
            {
                var label = $"{host}#{attempt}";
                if (attempt > 2)
                    throw new System.InvalidOperationException(label);
                return label;
            }

            public static string Unused(string host)
            {
                return host.Trim();
            }
        }
        """;

    private readonly TemporaryFolder folder = new();

    public SampleProject()
    {
        Write("Sample/Restarter.cs", Source);
        Write(
            "Sample/Sample.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Optimize>true</Optimize>
              </PropertyGroup>
              <Import Project="{RepositoryFiles.Root}/src/Mayhem.FrameCapture.Weaver/FrameCapture.targets" />
            </Project>
            """);
    }

    /// <summary>The configuration these tests were built in, in which the weaver is there.</summary>
    public static string Configuration { get; } =
        typeof(SampleProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    public string Assembly => Path.Combine(folder.Path, "Sample", "bin", Configuration, "net10.0", "Sample.dll");

    public string this[string file] => Path.Combine(folder.Path, file);

    public void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], content);
    }

    /// <summary>Builds the sample. The weaver is taken as it is: nobody builds the repository while its tests run.</summary>
    public void Build(params string[] properties) => Dotnet(["build", this["Sample/Sample.csproj"], .. properties.Select(property => $"-p:{property}")]);

    /// <summary>Runs the SDK.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public string Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-c", Configuration, "-p:BuildProjectReferences=false", "-nologo"])
        {
            WorkingDirectory = folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output + errors.Result);
    }

    public void Dispose() => folder.Dispose();
}
