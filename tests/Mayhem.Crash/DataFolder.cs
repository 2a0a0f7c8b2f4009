using System.Text.Json;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Crash;

/// <summary>The data folder of runs of the real program, filled and looked at from the outside, while none of them runs.</summary>
/// <param name="sessions">Whether the queue has sessions.</param>
/// <param name="detectsDuplicates">Whether the queue drops messages that it has had.</param>
internal sealed class DataFolder(bool sessions = false, bool detectsDuplicates = true) : IDisposable
{
    private const string Queue = "restarts";

    private readonly string folder = Directory.CreateTempSubdirectory("mayhem-crash-").FullName;
    private bool kept;

    public string Path => folder;

    public string this[string name] => System.IO.Path.Combine(folder, name);

    /// <summary>The options of <c>mayhem up</c> for this queue.</summary>
    public string Options => $"{(sessions ? "--sessions" : "")} {(detectsDuplicates ? "" : "--duplicate-window 0")}";

    /// <summary>How many starts of processes the hosts' own log tells of, boots included.</summary>
    public int Starts() => StartLines().Length;

    private string StartLog => this[".mayhem/fleet/starts.log"];

    /// <summary>The requests that processes were started for, by the hosts' own log: one for each start.</summary>
    public IReadOnlyList<string> RequestsWithAStart() =>
        [.. StartLines().Select(line => line.Split('\t')).Where(fields => fields[3] == "restart").Select(fields => Uri.UnescapeDataString(fields[5]))];

    /// <summary>Sends messages to the queue, as somebody else does before Mayhem starts.</summary>
    public async Task SendAsync(IEnumerable<Sent> messages)
    {
        await using var broker = await OpenBrokerAsync();
        foreach (var message in messages)
        {
            var content = new MessageContent { MessageId = message.MessageId, CorrelationId = message.RequestId, Body = message.Body, SessionId = sessions ? message.Host : null };
            await broker.Queue(Queue).SendAsync(content, CancellationToken.None);
        }
    }

    /// <summary>What is left when everything has ended.</summary>
    public async Task<Evidence> CollectAsync()
    {
        await using var broker = await OpenBrokerAsync();
        var queue = broker.Queue(Queue);
        return new Evidence(
            RequestsWithAStart(), [.. Directory.GetFiles(this[".mayhem/fleet/starts"]).Select(path => System.IO.Path.GetFileName(path))], await EmbeddedLedger.ReadAsync(this[".mayhem/ledger"], CancellationToken.None), queue.Audit(), queue.Counts,
            queue.Peek(SubQueue.DeadLetter, 0, int.MaxValue));
    }

    /// <summary>Runs <c>mayhem up --drain</c> to its end, and returns its exit code and its summary.</summary>
    public async Task<(int ExitCode, JsonElement Summary)> DrainAsync(string arguments = "", params (string Name, string Value)[] environment)
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder, $"up --drain --no-dashboard --json {Options} {arguments}", environment);
        return output.Count == 1
            ? (exitCode, JsonDocument.Parse(output[0]).RootElement)
            : throw new InvalidOperationException($"No summary; exit code {exitCode}.\n{string.Join('\n', errors)}");
    }

    /// <summary>Leaves everything there to be looked at.</summary>
    public void Keep() => kept = true;

    public void Dispose()
    {
        if (!kept)
            Directory.Delete(folder, recursive: true);
    }

    private string[] StartLines()
    {
        // Hosts write to it, each alone; those of a run that was killed may still do.
        string[]? lines = null;
        SpinWait.SpinUntil(() => TryRead(out lines), TimeSpan.FromSeconds(10));
        return lines ?? throw new IOException($"'{StartLog}' is never free to be read.");
    }

    private bool TryRead(out string[]? lines)
    {
        try
        {
            lines = File.Exists(StartLog) ? File.ReadAllText(StartLog).Split('\n')[..^1] : [];
            return true;
        }
        catch (IOException)
        {
            lines = null;
            return false;
        }
    }

    private Task<EmbeddedBroker> OpenBrokerAsync()
    {
        // As the program's own queue; no message may be dead-lettered by it for its many deliveries.
        var queue = new QueueOptions { MaxDeliveryCount = 2000, DuplicateDetectionWindow = detectsDuplicates ? TimeSpan.FromHours(2) : null, RequiresSession = sessions };
        var options = new EmbeddedBrokerOptions
        {
            Folder = this[".mayhem/broker"], Queues = new Dictionary<string, QueueOptions>(StringComparer.OrdinalIgnoreCase) { [Queue] = queue },
        };
        return EmbeddedBroker.OpenAsync(options, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
    }
}
