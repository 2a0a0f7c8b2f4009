using Mayhem.Local.Chaos.KillPoints;
using Xunit.Abstractions;

namespace Mayhem.Crash;

/// <summary>The real executable, killed at one point of its work again and again, then drained: nothing is lost, and no host is restarted twice for one request.</summary>
public class When_mayhem_is_killed_at_a_named_point(ITestOutputHelper output)
{
    private const int Messages = 16;

    /// <summary>All points.</summary>
    public static TheoryData<KillPoint> Points => new(Enum.GetValues<KillPoint>());

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Nothing_is_lost_and_no_host_is_restarted_twice_for_one_request(KillPoint point)
    {
        var random = new Random(CrashSettings.Seed + (int)point);
        var seed = random.Next();
        while (point == KillPoint.AfterSchedule && !CrashRuns.SchedulesCopies(seed))
            seed = random.Next();
        using var runs = new CrashRuns(seed);
        await runs.SendAsync(Messages);

        // Each time a little later, so that the work gets on.
        while (runs.Kills < 4 && await runs.RunAsync(new Kill.AtPoint(new KillPlan(point, Passing: 1 + (random.Next(3) * runs.Kills)))))
        {
        }

        await runs.FinishAsync();
        output.WriteLine($"{runs.Story}\n{CrashSettings.Repeat}");
        Assert.NotEqual(0, runs.Kills);
    }
}
