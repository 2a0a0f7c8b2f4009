using Xunit.Abstractions;

namespace Mayhem.Crash;

/// <summary>
/// The real executable under load, killed at random moments and points, restarted and killed again, then drained: nothing is lost, no host is restarted
/// twice for one request, no attempt is made too many, and the dead letters are those that must be.
/// </summary>
public class When_mayhem_is_killed_at_any_moment(ITestOutputHelper output)
{
    private const int MessagesSent = 30;
    private const int MessagesOffered = 10;

    private int kills;

    [Fact]
    public async Task Nothing_is_lost_and_no_host_is_restarted_twice_for_one_request()
    {
        output.WriteLine(CrashSettings.Repeat);
        var seeds = new Random(CrashSettings.Seed);
        while (kills < CrashSettings.Kills)
        {
            // Two at a time: each run mostly waits.
            var next = Enumerable.Range(0, 2).Select(_ => seeds.Next()).ToList();
            await Task.WhenAll(next.Select(KillAgainAndAgainAsync));
        }
        output.WriteLine($"{kills} kills");
    }

    private async Task KillAgainAndAgainAsync(int seed)
    {
        var random = new Random(seed);
        using var runs = new CrashRuns(seed);
        await runs.SendAsync(MessagesSent);
        await runs.OfferAsync(MessagesOffered);
        for (var run = random.Next(CrashRuns.MostKills / 2, CrashRuns.MostKills + 1); run > 0; run--)
            await runs.RunAsync(Kill.Next(random));
        await runs.FinishAsync();
        Interlocked.Add(ref kills, runs.Kills);
        lock (output)
            output.WriteLine(runs.Story);
    }
}
