using System.Globalization;
using System.Text.Json;
using Mayhem.Contracts;
using Mayhem.Ledger;
using Mayhem.Testing;

namespace Mayhem.Postgres.Tests;

/// <summary>
/// Two <c>mayhem up</c>, each with a queue and a fleet of its own, have one ledger and so one budget. What they did is read from the outside: the hosts' own logs of starts, and the ledger.
/// </summary>
public sealed class When_two_processes_share_a_ledger : IAsyncLifetime
{
    private const int Budget = 6;
    private const int Hosts = 3;
    private const int Concurrency = 2;
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(2);

    private readonly TestDatabase database = new();
    private readonly TemporaryFolder[] folders = [new(), new()];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var folder in folders)
            folder.Dispose();
        await database.DropAsync();
    }

    [ContractFact]
    public async Task They_never_exceed_a_limit_and_carry_out_each_request_once()
    {
        var summaries = await Task.WhenAll(folders.Select((folder, process) => RunAsync(folder, process)));

        var starts = folders.SelectMany(Starts).OrderBy(start => start.At).ToList();
        var ledger = await PostgresLedger.ReadAsync(database.Options, default);
        var restarted = ledger.Where(entry => entry.State == RestartState.Restarted).ToList();

        // All of the budget was used, and nothing beyond it, by either of them.
        Assert.Equal(Budget, starts.Count);
        Assert.Equal(starts.Select(start => start.Request).Order(StringComparer.Ordinal), restarted.Select(entry => entry.RequestId).Order(StringComparer.Ordinal));
        Assert.Equal(Budget, summaries.Sum(summary => summary.GetProperty("restarted").GetInt32()));
        Assert.All(summaries, summary => Assert.Equal(0, summary.GetProperty("lost").GetInt32()));

        // A host is left alone between two restarts, whichever of the processes would have made the second.
        Assert.All(starts.GroupBy(start => start.Host), host => Assert.All(
            host.Zip(host.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= CoolDown, $"{pair.First} and {pair.Second}")));

        // Never more at the same time than are allowed.
        Assert.All(restarted, one => Assert.InRange(restarted.Count(other => other.IntentAt <= one.IntentAt && other.EndedAt > one.IntentAt), 1, Concurrency));
    }

    private async Task<JsonElement> RunAsync(TemporaryFolder folder, int process)
    {
        // Half of the requests come to both.
        var requests = Enumerable.Range(0, 6).SelectMany(number => new[] { Request($"shared-{number}", number), Request($"own-{process}-{number}", number) });
        await File.WriteAllLinesAsync(folder["requests.jsonl"], requests);
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(
            folder.Path, $"up --requests requests.jsonl --hosts {Hosts} --json",
            ("Mayhem__Ledger__Postgres__ConnectionString", database.Options.ConnectionString),
            ("Mayhem__Ledger__Postgres__Schema", database.Options.Schema),
            ("Mayhem__Groups__herd", "cattle-*"),
            ("Mayhem__Guards__Groups__herd__Budget", $"{Budget}"),
            ("Mayhem__Guards__Groups__herd__BudgetSpan", "00:30:00"),
            ("Mayhem__Guards__Groups__herd__CoolDown", $"{CoolDown}"),
            ("Mayhem__Guards__Groups__herd__Concurrency", $"{Concurrency}"),
            ("Mayhem__Guards__Groups__herd__MaxWait", "00:00:03"),
            ("Mayhem__Guards__Groups__herd__AskAgainAfter", "00:00:01"));
        Assert.True(exitCode == 0 && output.Count == 1, $"exit code {exitCode}\n{string.Join('\n', errors)}");
        return JsonDocument.Parse(output[0]).RootElement;
    }

    private static string Request(string id, int number) =>
        $$"""{"version":1,"requestId":"{{id}}","host":"cattle-{{1 + (number % Hosts):0000}}","requester":"test"}""";

    private static IEnumerable<Start> Starts(TemporaryFolder folder) => File.ReadLines(folder[".mayhem/fleet/starts.log"]).Select(line => line.Split('\t'))
        .Where(fields => fields[3] == "restart")
        .Select(fields => new Start(DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], Uri.UnescapeDataString(fields[5])));

    private sealed record Start(DateTimeOffset At, string Host, string Request);
}
