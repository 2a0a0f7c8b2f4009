using Mayhem.Local.Chaos.KillPoints;
using Mayhem.Testing;
using Xunit.Abstractions;

namespace Mayhem.Crash;

/// <summary>Messages on which the process dies each time, with no chance to say so, are set aside after three deaths; those beside them are carried out, all at the usual concurrency.</summary>
public sealed class When_messages_kill_the_process(ITestOutputHelper output) : IDisposable
{
    // Where a message can kill the process each time that it is handled: later on it is done, and nothing happens any more.
    private static readonly KillPoint[] Deadly = [KillPoint.BeforeHandler, KillPoint.AfterIntent];

    private static readonly (string Name, string Value) QuickLocks = ("Mayhem__Locks__Duration", "00:00:02");

    private readonly DataFolder data = new();

    [Fact]
    public async Task One_is_dead_lettered_after_three_deaths_and_its_neighbours_are_carried_out()
    {
        string[] innocent = [.. Enumerable.Range(1, 8).Select(number => $"innocent-{number}")];
        await WriteRequestsAsync(["before", "deadly", .. innocent]);

        for (var death = 1; death <= 3; death++)
        {
            var source = death == 1 ? "--requests requests.jsonl" : "--drain";
            var (exitCode, _, errors) = await MayhemProcess.RunAsync(data.Path, $"up {source} --hosts 2 --json --die-at before-handler@deadly", QuickLocks);
            Assert.True(exitCode == 128 + 9, string.Join('\n', errors));
        }

        await AssertOnlyAsync(dead: ["deadly"], restarted: ["before", .. innocent], "--die-at before-handler@deadly");
    }

    [Fact]
    public async Task Several_are_dead_lettered_each_for_itself_and_their_neighbours_are_carried_out()
    {
        var random = new Random(CrashSettings.Seed);
        string[] deadly = ["deadly-1", "deadly-2"];
        string[] innocent = [.. Enumerable.Range(1, 12).Select(number => $"innocent-{number}")];
        string[] all = [.. deadly, .. innocent];
        random.Shuffle(all);
        await WriteRequestsAsync(all);

        output.WriteLine(CrashSettings.Repeat);
        var source = "--requests requests.jsonl";
        for (var runs = 0; ; runs++)
        {
            Assert.True(runs <= 3 * deadly.Length, "A message that kills the process is not set aside.");
            var plan = new KillPlan(random.GetItems(Deadly, 1)[0], RequestId: "deadly*");
            var (exitCode, _, errors) = await MayhemProcess.RunAsync(data.Path, $"up {source} --hosts 2 --json --die-at {plan}", QuickLocks);
            output.WriteLine($"{plan}: {exitCode}");
            if (exitCode == 0)
                break;
            Assert.True(exitCode == 128 + 9, string.Join('\n', errors));
            source = "--drain";
        }

        await AssertOnlyAsync(dead: deadly, restarted: innocent);
    }

    public void Dispose() => data.Dispose();

    private Task WriteRequestsAsync(IEnumerable<string> ids) => File.WriteAllLinesAsync(data["requests.jsonl"], ids.Select((id, place) =>
        $$"""{"version":1,"requestId":"{{id}}","host":"cattle-000{{(place % 2) + 1}}","requester":"test"}"""));

    private async Task AssertOnlyAsync(string[] dead, string[] restarted, string plan = "")
    {
        var (lastCode, summary) = await data.DrainAsync($"--hosts 2 {plan}", QuickLocks);
        Assert.Equal((0, 0), (lastCode, summary.GetProperty("lost").GetInt32()));
        Assert.Equal(restarted.Order(StringComparer.Ordinal), data.RequestsWithAStart().Order(StringComparer.Ordinal));
        var evidence = await data.CollectAsync();
        Assert.All(evidence.DeadLetters, letter => Assert.Equal("HostCrash", letter.DeadLetterReason));
        Assert.Equal(dead.Order(StringComparer.Ordinal), evidence.DeadLetters.Select(letter => letter.Content.CorrelationId).Order(StringComparer.Ordinal));
    }
}
