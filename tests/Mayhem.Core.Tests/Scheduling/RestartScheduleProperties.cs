using FsCheck;
using FsCheck.Fluent;
using Mayhem.Breakers;
using Mayhem.Guards;
using Mayhem.Messages;
using Mayhem.Scheduling;

namespace Mayhem.Core.Tests.Scheduling;

public sealed class RestartScheduleProperties
{
    private const int Days = 100;
    private const int Slots = Days * 24 * 60;
    private static readonly TimeSlot Beginning = TimeSlot.At(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(4);

    [Fact]
    public void RequestsIn_OverMonths_AreAMeanTimeApart_AndFallOnAllHostsAlike() => Check.One(
        Few,
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(60, 600).ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), (seed, minutes, count) =>
        {
            var mean = TimeSpan.FromMinutes(minutes);
            var schedule = Schedule(new AnyTime(), $"{seed}", new ScheduledGroup("web", mean, Hosts(count)));
            var expected = Slots / (double)minutes;

            var requests = Range(Slots).SelectMany(schedule.RequestsIn).ToList();

            // Six standard deviations of a binomial distribution: once in a thousand million runs by chance.
            var tolerance = 6 * Math.Sqrt(expected);
            var ofHosts = requests.GroupBy(request => request.Host).Select(host => host.Count()).ToList();
            return (Math.Abs(requests.Count - expected) <= tolerance).Label($"{requests.Count} restarts instead of {expected}")
                .And((ofHosts.Count == count && ofHosts.TrueForAll(restarts => Math.Abs(restarts - (expected / count)) <= tolerance)).Label($"by host: {string.Join(", ", ofHosts)}"));
        }));

    [Fact]
    public void RequestsIn_AnyNumberOfInstances_AreTheSame() => Check.One(
        Few,
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (seed, count) =>
        {
            ScheduledGroup[] groups = [new("web", TimeSpan.FromMinutes(5), Hosts(count)), new("api", TimeSpan.FromMinutes(10), Hosts(3))];
            var alone = Range(2000).SelectMany(Schedule(new AnyTime(), $"{seed}", groups).RequestsIn).ToList();
            var together = Enumerable.Range(0, 3).SelectMany(_ => Range(2000).SelectMany(Schedule(new AnyTime(), $"{seed}", groups).RequestsIn)).Distinct().ToList();

            return together.SequenceEqual(alone) && alone.DistinctBy(request => request.RequestId).Count() == alone.Count;
        }));

    [Fact]
    public void RequestsIn_OutsideTheWindows_AreNone_AndInsideAreAsOften()
    {
        var nights = new GuardOptions { Window = "00:00-06:00" };
        var book = new GuardBook(new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = "host-*" }), new GuardOptions(), new Dictionary<string, GuardOptions>(StringComparer.Ordinal) { ["web"] = nights });
        var schedule = Schedule(new GuardedTimes(book), "4711", new ScheduledGroup("web", TimeSpan.FromHours(1), Hosts(4)));

        var hours = Range(Slots).Where(slot => schedule.RequestsIn(slot).Count > 0).Select(slot => slot.Start.Hour).ToList();

        Assert.All(hours, hour => Assert.InRange(hour, 0, 5));
        Assert.InRange(hours.Count, (Days * 6) - 150, (Days * 6) + 150);
    }

    [Fact]
    public void RequestsIn_AMeanShorterThanASlot_IsOnePerSlotAndGroup()
    {
        var schedule = Schedule(new AnyTime(), "x", new ScheduledGroup("web", TimeSpan.FromSeconds(1), Hosts(3)));

        Assert.All(Range(100), slot => Assert.Single(schedule.RequestsIn(slot)));
    }

    [Fact]
    public void RequestsIn_AnySlot_CanBeReadAsRequests()
    {
        var schedule = Schedule(new AnyTime(), "x", new ScheduledGroup(new string('g', 64), TimeSpan.FromMinutes(1), Hosts(3)));

        var request = Assert.Single(schedule.RequestsIn(Beginning));

        Assert.Equal(new ParseResult.Readable(request), RestartRequestParser.Parse(RestartRequestWriter.Write(request)));
        Assert.Equal(("mayhem-scheduler", Beginning.Start.AddMinutes(15)), (request.Requester, request.NotAfter));
    }

    [Fact]
    public void Of_HostsListedInAnyOrderAndCase_AreTheSameGroups()
    {
        static IReadOnlyList<ScheduledGroup> Of(params string[] hosts) => ScheduledGroup.Of(hosts, host => host[..1], _ => TimeSpan.FromHours(1));

        var groups = Of("a-2", "b-1", "A-1", "a-1");

        Assert.Equal(["A", "b"], groups.Select(group => group.Name), StringComparer.Ordinal);
        Assert.Equal(groups.SelectMany(group => group.Hosts), Of("A-1", "a-2", "b-1").SelectMany(group => group.Hosts));
    }

    private static RestartSchedule Schedule(IRestartTimes times, string seed, params ScheduledGroup[] groups) => new(groups, times, SlotLot.Hashed(seed), new SchedulerOptions());

    private static IEnumerable<TimeSlot> Range(int count) => Enumerable.Range(0, count).Select(number => new TimeSlot(Beginning.Number + number));

    private static List<string> Hosts(int count) => [.. Enumerable.Range(1, count).Select(number => $"host-{number}")];
}
