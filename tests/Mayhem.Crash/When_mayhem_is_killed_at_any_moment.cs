using System.Security.Cryptography;
using Mayhem.Testing;
using Xunit.Abstractions;

namespace Mayhem.Crash;

/// <summary>The real executable under load, killed at random moments, then drained: nothing is lost, and no host is restarted twice for one request.</summary>
public class When_mayhem_is_killed_at_any_moment(ITestOutputHelper output)
{
    private const int Moments = 10;
    private const int Requests = 40;

    [Fact]
    public async Task Nothing_is_lost_and_no_host_is_restarted_twice_for_one_request()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var moments = Enumerable.Range(0, Moments).Select(_ => (Delay: TimeSpan.FromMilliseconds(random.Next(100, 5000)), Seed: random.Next())).ToList();

        // Two at a time: each run mostly waits.
        await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (moment, _) => await KillAndDrainAsync(moment.Delay, moment.Seed));
    }

    private async Task KillAndDrainAsync(TimeSpan delay, int seed)
    {
        using var data = new DataFolder();
        using (var mayhem = MayhemProcess.Start(data.Path, $"up --count {Requests} --chaos 0.3 --seed {seed} --hosts 4 --json"))
        {
            // Counted from the first start of a host on: before that there is nothing to kill.
            await Eventually.HoldsAsync(() => File.Exists(data[".mayhem/fleet/starts.log"]), "the first host is started", TimeSpan.FromSeconds(60));
            await Task.Delay(delay, TimeProvider.System);
            output.WriteLine($"seed {seed}, {delay.TotalSeconds:0.000} s after the first start: {(await mayhem.KillAsync() ? "killed" : "had ended by itself")}, {data.RequestsWithAStart().Count} restarts so far");
        }

        var (exitCode, summary) = await data.DrainAsync("--hosts 4");

        Assert.True(exitCode == 0, $"seed {seed}, {delay}: {summary}");
        Assert.Equal((0, 0), (summary.GetProperty("lost").GetInt32(), summary.GetProperty("queued").GetInt32()));
        var restarted = data.RequestsWithAStart();
        Assert.Equal(restarted.Distinct(StringComparer.Ordinal), restarted);
        var ledger = await MayhemProcess.RunAsync(data.Path, "ledger --json");
        Assert.Equal(restarted.Count, ledger.Output.Count(line => line.Contains("\"outcome\":\"restarted\"", StringComparison.Ordinal)));
    }
}
