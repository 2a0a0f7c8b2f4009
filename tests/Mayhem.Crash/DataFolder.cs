using System.Text.Json;
using Mayhem.Testing;

namespace Mayhem.Crash;

/// <summary>What runs of the real program left in their data folder, read from the outside.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    public string this[string name] => folder[name];

    /// <summary>The requests that processes were started for, by the hosts' own log: one for each start.</summary>
    public IReadOnlyList<string> RequestsWithAStart() => !File.Exists(folder[".mayhem/fleet/starts.log"])
        ? []
        : [.. File.ReadLines(folder[".mayhem/fleet/starts.log"]).Select(line => line.Split('\t')).Where(fields => fields[3] == "restart").Select(fields => fields[5])];

    /// <summary>Runs <c>mayhem up --drain</c> to its end, and returns its exit code and its summary.</summary>
    public async Task<(int ExitCode, JsonElement Summary)> DrainAsync(string arguments = "")
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(Path, $"up --drain --json {arguments}");
        return output.Count == 1
            ? (exitCode, JsonDocument.Parse(output[0]).RootElement)
            : throw new InvalidOperationException($"No summary; exit code {exitCode}.\n{string.Join('\n', errors)}");
    }

    public void Dispose() => folder.Dispose();
}
