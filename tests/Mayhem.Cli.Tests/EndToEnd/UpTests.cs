using System.Text.Json;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class UpTests : IDisposable
{
    private const string Good = """{"version":1,"requestId":"ID","host":"cattle-0001","requester":"me"}""";

    private const int MaxLooks = 200;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Up_CountWithChaos_EndsWithNothingLostAndALedgerOfEveryRestart()
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "up --count 60 --chaos 0.5 --seed 11 --hosts 4 --json");

        Assert.True(exitCode == 0, string.Join('\n', errors));
        var summary = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal(60, Number(summary, "published"));
        Assert.Equal(0, Number(summary, "lost"));
        Assert.Equal(0, Number(summary, "queued"));
        Assert.Equal(11, Number(summary, "seed"));
        foreach (var happened in (string[])["duplicatesSuppressed", "retriedNow", "retriedLater", "locksRenewed"])
            Assert.True(Number(summary, happened) > 0, $"{happened} in {output[0]}");
        var reasons = summary.GetProperty("deadLettered").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64(), StringComparer.Ordinal);
        Assert.Contains("Poison", reasons.Keys);
        Assert.Equal(Number(summary, "distinctRequests"), Number(summary, "restarted") + reasons.Values.Sum());
        Assert.Equal(60, Number(summary, "distinctRequests") + Number(summary, "duplicatesSuppressed"));

        var restarts = (await LedgerAsync()).FindAll(entry => entry.GetProperty("outcome").GetString() == "restarted");
        Assert.Equal(Number(summary, "restarted"), restarts.Count);
        Assert.Distinct(restarts.Select(entry => entry.GetProperty("requestId").GetString()));
        Assert.Distinct(restarts.Select(entry => entry.GetProperty("newProcessId").GetInt32()));
    }

    [Fact]
    public async Task Up_RequestsFile_CarriesOutTheGoodLinesAndListsTheOthers()
    {
        await File.WriteAllTextAsync(folder["requests.jsonl"],
            "\uFEFF" + Good.Replace("ID", "a", StringComparison.Ordinal) + "\r\n\r\n"
            + "{\"version\":1}\r\n"
            + new string('x', 1 << 20) + "\r\n"
            + Good.Replace("ID", "a", StringComparison.Ordinal) + "\n"
            + Good.Replace("ID", "b", StringComparison.Ordinal));

        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "up --requests requests.jsonl --hosts 2 --json");

        Assert.Equal(2, exitCode);
        Assert.Contains("requests.jsonl:3: requestId is missing", errors);
        Assert.Contains(errors, error => error.StartsWith("requests.jsonl:4: the line has 104857", StringComparison.Ordinal));
        var summary = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal((3, 2, 2, 1, 2, 0), (Number(summary, "published"), Number(summary, "distinctRequests"), Number(summary, "restarted"),
            Number(summary, "duplicatesSuppressed"), Number(summary, "rejected"), Number(summary, "lost")));
    }

    [Fact]
    public async Task Up_RequestsFromASlowPipe_AreCarriedOutAsTheyComeAndShownByLedgerMeanwhile()
    {
        using var mayhem = MayhemProcess.Start(folder.Path, "up --requests - --hosts 2 --json");

        await mayhem.Input.WriteLineAsync(Good.Replace("ID", "a", StringComparison.Ordinal));
        await mayhem.Input.FlushAsync();
        await RestartedAsync("a");
        await mayhem.Input.WriteLineAsync(Good.Replace("ID", "b", StringComparison.Ordinal));
        mayhem.Input.Close();

        Assert.Equal(0, await mayhem.EndAsync());
        Assert.Equal(["a", "b"], (await LedgerAsync()).Select(entry => entry.GetProperty("requestId").GetString()));
    }

    [Fact]
    public async Task Up_WithoutJson_TellsPeopleInPlainLinesAndATable()
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "up --count 5 --seed 3 --hosts 2");

        Assert.True(exitCode == 0, string.Join('\n', errors));
        Assert.Contains("seed 3", output[0], StringComparison.Ordinal);
        Assert.Contains(output, line => line.Contains("restarted", StringComparison.Ordinal) && line.Contains('5', StringComparison.Ordinal));
        Assert.Contains("Nothing was lost.", output);
        Assert.DoesNotContain(output, line => line.Contains('\u001b', StringComparison.Ordinal));
        Assert.InRange(output.Count, 10, 60);
    }

    [Fact]
    public async Task Up_DataFolderInUse_IsRefusedAndTheFirstRunGoesOn()
    {
        using var first = MayhemProcess.Start(folder.Path, "up --requests - --hosts 1 --json");
        await first.Input.WriteLineAsync(Good.Replace("ID", "a", StringComparison.Ordinal));
        await first.Input.FlushAsync();
        await RestartedAsync("a");

        var (exitCode, _, errors) = await MayhemProcess.RunAsync(folder.Path, "up --count 1 --hosts 1");

        Assert.Equal(2, exitCode);
        Assert.Contains("in use", Assert.Single(errors), StringComparison.Ordinal);
        first.Input.Close();
        Assert.Equal(0, await first.EndAsync());
    }

    public void Dispose() => folder.Dispose();

    private async Task RestartedAsync(string requestId)
    {
        await Eventually.HoldsAsync(() => Directory.Exists(folder[".mayhem/ledger"]), "there is a ledger", TimeSpan.FromSeconds(90));
        for (var look = 0; look < MaxLooks; look++)
        {
            if ((await LedgerAsync()).Exists(
                entry => entry.GetProperty("requestId").GetString() == requestId && entry.GetProperty("outcome").GetString() == "restarted"))
                return;
        }
        throw new TimeoutException($"The ledger does not tell of a restart for request '{requestId}'.");
    }

    private async Task<List<JsonElement>> LedgerAsync()
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "ledger --json");
        Assert.True(exitCode == 0, string.Join('\n', errors));
        return [.. output.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static long Number(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
