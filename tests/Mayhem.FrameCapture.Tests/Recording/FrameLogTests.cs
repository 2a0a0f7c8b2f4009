using Mayhem.FrameCapture.Recording;
using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Recording;

public class FrameLogTests
{
    [Fact]
    public void Add_UpToTheBound_KeepsAllInOrder()
    {
        var log = Filled(count: 10, maxFrames: 10);

        Assert.Equal(Enumerable.Range(0, 10), Ids(log.Earliest));
        Assert.Empty(log.Latest);
    }

    [Theory]
    [InlineData(11, 10)]
    [InlineData(25, 10)]
    [InlineData(1_000, 64)]
    [InlineData(8, 3)]
    [InlineData(5, 2)]
    public void Add_BeyondTheBound_KeepsTheFirstAndTheLastHalf(int count, int maxFrames)
    {
        var log = Filled(count, maxFrames);

        var half = maxFrames / 2;
        Assert.Equal(Enumerable.Range(0, half), Ids(log.Earliest));
        Assert.Equal(Enumerable.Range(count - (maxFrames - half), maxFrames - half), Ids(log.Latest));
    }

    [Fact]
    public void Add_FromManyThreads_KeepsThemAll()
    {
        var log = new FrameLog();

        Parallel.For(0, 500, id => log.Add(Frame(id), maxFrames: 1_000));

        Assert.Equal(Enumerable.Range(0, 500), Ids(log.Copy().Earliest).Order());
    }

    [Fact]
    public void Frames_OfADeepRecursion_AreInTheirPlacesAtBothEnds()
    {
        var thrown = Thrown.By(() => PlainMethods.Recurse(0, 200));

        var frames = thrown.FramesOf("PlainMethods.Recurse");
        Assert.Equal(200, frames.Count);
        var captured = frames.Select((frame, place) => (frame, depth: 199 - place)).Where(item => item.frame.IsCaptured).ToArray();
        Assert.Equal(FrameRecorder.Options.MaxFrames, captured.Length);
        Assert.Equal(199, captured[0].depth);
        Assert.Equal(0, captured[^1].depth);
        Assert.All(captured, item => Assert.Contains($"Argument int depth = {item.depth}", item.frame.Shown()));
    }

    [Fact]
    public void Frames_OfAnExceptionNobodyHolds_AreCollected()
    {
        var (exception, value) = ThrowAndForget();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(exception.IsAlive);
        Assert.False(value.IsAlive);
    }

    // In a method of its own, so that no local variable of the test holds them.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (WeakReference Exception, WeakReference Value) ThrowAndForget()
    {
        var items = new string?[] { "a", null };
        var thrown = Thrown.By(() => PlainMethods.Find(items));
        Assert.NotEmpty(CapturedFrames.Of(thrown));
        return (new WeakReference(thrown), new WeakReference(items));
    }

    private static RecordedFrames Filled(int count, int maxFrames)
    {
        var log = new FrameLog();
        for (var id = 0; id < count; id++)
            log.Add(Frame(id), maxFrames);
        return log.Copy();
    }

    private static RecordedFrame Frame(int id) => new(default, id, []);

    private static IEnumerable<int> Ids(RecordedFrame[] frames) => frames.Select(frame => frame.Id);
}
