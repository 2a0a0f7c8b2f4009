using System.Diagnostics;
using Mayhem.Ledger;

namespace Mayhem.Benchmarks.Startup;

/// <summary>A build of <c>mayhem</c> that is started again and again.</summary>
/// <param name="path">The executable.</param>
internal sealed class StartedProgram(string path)
{
    private readonly List<TimeSpan> firstHandled = [];
    private readonly List<TimeSpan> bareStart = [];

    /// <summary>The executable.</summary>
    public string Path => path;

    /// <summary>The median time from starting the process to the first message handled: its host restarted, and that on record.</summary>
    public TimeSpan FirstHandled => Median(firstHandled);

    /// <summary>The median time from starting the process to its first line, where it does next to nothing: mostly the runtime's own start.</summary>
    public TimeSpan BareStart => Median(bareStart);

    /// <summary>Starts it once for each figure, in a new folder.</summary>
    public async Task StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mayhem-start-");
        try
        {
            bareStart.Add(await TimeOfFirstLineAsync(folder.FullName));
            firstHandled.Add(await TimeOfFirstRestartAsync(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<TimeSpan> TimeOfFirstLineAsync(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Start("host", "--name", "cattle-0001", "--data", folder);
        await process.StandardOutput.ReadLineAsync();
        var took = Stopwatch.GetElapsedTime(start);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return took;
    }

    private async Task<TimeSpan> TimeOfFirstRestartAsync(string folder)
    {
        var start = TimeProvider.System.GetUtcNow();
        using var process = Start("up", "--count", "1", "--json", "--data", folder);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{path}' ended with {process.ExitCode}: {await errors}");
        var entries = await EmbeddedLedger.ReadAsync(System.IO.Path.Combine(folder, "ledger"), CancellationToken.None);
        return entries.Min(entry => entry.EndedAt)!.Value - start;
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(path, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        WorkingDirectory = System.IO.Path.GetTempPath(),
    })!;

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
