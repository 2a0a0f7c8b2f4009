using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;

namespace Mayhem.Benchmarks.Startup;

/// <summary><c>startup</c>: from starting the process to the first message handled.</summary>
internal static class StartupCommand
{
    public const string Name = "startup";

    private const string Solution = "Mayhem.Functions.sln";

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(1);

    public static Task<int> RunAsync(string[] args)
    {
        var runs = new Option<int>("--runs") { Description = "How often each program is started; the first time does not count.", DefaultValueFactory = _ => 10 };
        var programs = new Option<string[]>("--program") { Description = "Builds of mayhem to compare; that of Release by default.", AllowMultipleArgumentsPerToken = true };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder whose performance.md gets the figures." };
        var command = new RootCommand("Measures how long mayhem up takes from the start of its process to the first message handled.") { runs, programs, report };
        command.SetAction(async (parsed, _) =>
        {
            var paths = parsed.GetValue(programs) is { Length: > 0 } given ? given : [ReleaseBuild()];
            if (Array.Find(paths, path => !File.Exists(path)) is { } missing)
            {
                await Console.Error.WriteLineAsync($"There is no '{missing}'. Build it: dotnet build -c Release src/Mayhem.Cli -p:AzureSdk=surface");
                return 2;
            }

            var markdown = Markdown(await MeasureAsync(paths, parsed.GetValue(runs)), parsed.GetValue(runs));
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
                await PerformancePage.WriteAsync(folder, Name, markdown);
            return 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<StartedProgram[]> MeasureAsync(string[] paths, int runs)
    {
        foreach (var path in paths)
            await new StartedProgram(path).StartAsync();
        var programs = paths.Select(path => new StartedProgram(path)).ToArray();
        for (var run = 0; run < runs; run++)
        {
            foreach (var program in programs)
                await program.StartAsync();
        }

        return programs;
    }

    private static string Markdown(StartedProgram[] programs, int runs)
    {
        var rows = programs.Select(program => (string[])
        [
            Shown(program.Path), Text(program.BareStart), Text(program.FirstHandled),
            string.Create(CultureInfo.InvariantCulture, $"{program.FirstHandled / program.BareStart:0.0}"), program.FirstHandled <= Target ? "yes" : "**no**",
        ]);
        return string.Create(CultureInfo.InvariantCulture, $"Medians of {runs} starts, interleaved. A fleet of 12 hosts, the queue and the ledger on disk, dashboard and front door on.")
            + Environment.NewLine + Environment.NewLine
            + MarkdownTable.Of(["Program", "A bare start of the runtime", "`mayhem up` to the first message handled", "in bare starts", "under 1 s"], rows);
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N0} ms");

    private static string Shown(string path) => Path.GetRelativePath(Repository(), path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private static string ReleaseBuild() => Path.Combine(Repository(), "src", "Mayhem.Cli", "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? "mayhem.exe" : "mayhem");

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, Solution)))
            folder = Path.GetDirectoryName(folder);
        return folder ?? Environment.CurrentDirectory;
    }
}
