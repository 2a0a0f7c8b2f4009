using Mayhem.Recovery;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Recovery;

public class QuarantineTests
{
    private readonly ManualTimeProvider clock = new(Some.Now);
    private readonly Quarantine room;

    public QuarantineTests() => room = new Quarantine(clock);

    [Fact]
    public void Enter_WhileNobodyIsSuspect_LetsAllIn()
    {
        for (var message = 0; message < 100; message++)
            Assert.NotNull(room.Enter());
    }

    [Fact]
    public void EnterAlone_ShutsTheDoorUntilItLeaves()
    {
        var alone = room.EnterAlone()!;
        Assert.True(alone.IsAlone);
        Assert.Null(room.Enter());
        Assert.Null(room.EnterAlone());
        alone.Leave();
        alone.Leave();
        Assert.NotNull(room.Enter());
        Assert.NotNull(room.EnterAlone());
    }

    [Fact]
    public void EnterAlone_BesideOthers_IsAloneWhenTheYoungestHasLeftOrBeenThereForLong()
    {
        var first = room.Enter()!;
        clock.Advance(TimeSpan.FromSeconds(7));
        var second = room.Enter()!;
        var alone = room.EnterAlone()!;
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.False(alone.IsAlone);
        second.Leave();
        Assert.True(alone.IsAlone);
        first.Leave();
        Assert.True(alone.IsAlone);
    }

    [Fact]
    public void EnterAlone_BesideOneThatStays_IsAloneAfterItsProbation()
    {
        room.Enter();
        var alone = room.EnterAlone()!;
        clock.Advance(Quarantine.Probation - TimeSpan.FromMilliseconds(1));
        Assert.False(alone.IsAlone);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(alone.IsAlone);
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(5, 80)]
    [InlineData(1000, 640)]
    public void ProbationOf_MoreDeaths_IsLonger(int deaths, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Quarantine.ProbationOf(deaths, limit: 3));
}
