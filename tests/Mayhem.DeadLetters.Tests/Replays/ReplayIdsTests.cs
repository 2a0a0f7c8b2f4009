using Mayhem.DeadLetters.Replays;
using Mayhem.Recovery;

namespace Mayhem.DeadLetters.Tests.Replays;

public sealed class ReplayIdsTests
{
    [Fact]
    public void Of_SameDeadLetter_IsTheSame() => Assert.Equal(ReplayIds.Of("a", 7, 1), ReplayIds.Of("a", 7, 1));

    [Fact]
    public void Of_OtherDeadLetter_IsAnother() => Assert.Distinct([ReplayIds.Of("a", 7, 1), ReplayIds.Of("a", 8, 1), ReplayIds.Of("a", 7, 2), ReplayIds.Of("b", 7, 1)]);

    [Fact]
    public void Of_ReplayOfReplays_DoesNotGrow() => Assert.Equal("a:9:p3", ReplayIds.Of(ReplayIds.OfEdit(ReplayIds.Of("a", 7, 1), 8, 2, "x"u8), 9, 3));

    [Fact]
    public void Of_LongRoots_FitAndStayApart()
    {
        var (one, other) = (ReplayIds.Of(new string('x', 128) + "1", 7, 1), ReplayIds.Of(new string('x', 128) + "2", 7, 1));

        Assert.NotEqual(one, other);
        Assert.All([one, other], id => Assert.True(id.Length <= RetryCopies.MaxMessageIdLength));
    }

    [Fact]
    public void Of_AnyKind_IsNotTakenForARetry() => Assert.All([ReplayIds.Of("a", 7, 1), ReplayIds.OfEdit("a", 7, 1, "x"u8)], id => Assert.False(RetryCopies.IsIdOfCopy(id)));

    [Fact]
    public void OfEdit_OtherBody_IsAnother() => Assert.NotEqual(ReplayIds.OfEdit("a", 7, 1, "x"u8), ReplayIds.OfEdit("a", 7, 1, "y"u8));
}
