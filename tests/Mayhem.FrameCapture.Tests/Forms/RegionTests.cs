using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class RegionTests
{
    [Fact]
    public void Throw_InAMethodThatEndsWithATryBlock_ShowsItsVariables()
    {
        var thrown = Thrown.By(() => Regions.TryIsAll("host"));

        Assert.Contains("Local string local = \"host1\"", thrown.FrameOf("Regions.TryIsAll").Shown());
        Assert.Equal("host", Regions.Caught);
    }

    [Fact]
    public void Throw_InACatchBlock_ShowsTheVariablesOfBothExceptions()
    {
        var thrown = Thrown.By(() => Regions.BothThrow("host"));

        Assert.Contains("Local string replaced = \"host2\"", thrown.FrameOf("Regions.BothThrow").Shown());
        Assert.Equal(["Argument string host = \"host\""], thrown.InnerException!.FrameOf("Regions.BothThrow").Shown());
    }

    [Fact]
    public void Throw_InAFinallyBlock_ShowsWhatItIsThen()
    {
        var frame = Thrown.By(() => Regions.ThrowsInFinally("host")).FrameOf("Regions.ThrowsInFinally");

        Assert.Contains("Local string state = \"finally\"", frame.Shown());
    }

    [Fact]
    public void Throw_InAnExceptionFilter_ChangesNothing()
    {
        var thrown = Thrown.By(() => Regions.ThrowsInFilter("host"));

        Assert.IsType<TimeoutException>(thrown);
        Assert.Contains("Local int filtered = 1", thrown.FrameOf("Regions.ThrowsInFilter").Shown());
    }

    [Fact]
    public void Rethrow_InACatchBlock_ShowsTheMethodOnceAsItLeftIt()
    {
        var frames = Thrown.By(() => Regions.Rethrows("host")).FramesOf("Regions.Rethrows");

        Assert.Contains("Local int count = 2", Assert.Single(frames).Shown());
    }

    [Fact]
    public void Throw_OfACaughtExceptionAnew_KeepsTheFramesItHadBefore()
    {
        var thrown = Thrown.By(() => Regions.ThrowsCaughtAgain("host"));

        var lost = thrown.FrameOf("Regions.Throw(");
        Assert.False(lost.IsInTrace);
        Assert.Contains("Local string upper = \"HOST\"", lost.Shown());
        Assert.True(thrown.FrameOf("Regions.ThrowsCaughtAgain").IsInTrace);
    }

    [Fact]
    public void Catch_ShowsTheVariablesOfTheMethodThatCaught()
    {
        var caught = Regions.Catches("host");

        var frame = caught.FrameOf("Regions.Catches");
        Assert.Contains("Argument string host = \"host\"", frame.Shown());
        Assert.Contains("Local string local = \"host3\"", frame.Shown());
        Assert.Contains("Local string stage = \"trying\"", frame.Shown());
        Assert.Equal("caught", Regions.Caught);
    }
}
