using System.Collections.Concurrent;
using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class AsyncTests
{
    [Fact]
    public async Task Throw_ThroughAwaits_ShowsEveryMethodUnderItsOwnName()
    {
        var thrown = await Thrown.ByAsync(() => new Asynchronous().Outer("cattle-1"));

        Assert.Equal(
            ["Asynchronous.Inner(string name, int count)", "Asynchronous.Middle(string host)", "Asynchronous.Outer(string host)"],
            TracedFrames.Of(thrown).Where(frame => frame.IsCaptured).Select(frame => frame.Name));
        Assert.Equal(
            ["This Asynchronous this = Asynchronous { owner = \"ops\" }", "Argument string name = \"cattle\"", "Argument int count = 2", "Local int total = 4"],
            thrown.FrameOf("Asynchronous.Inner").Shown());
        Assert.Contains("Local string[] parts = string[2] [\"cattle\", \"13\"]", thrown.FrameOf("Asynchronous.Middle").Shown());
    }

    [Fact]
    public async Task Throw_ThroughAwaits_ShowsNoPlumbing()
    {
        var thrown = await Thrown.ByAsync(() => new Asynchronous().Outer("cattle-1"));

        Assert.DoesNotContain(TracedFrames.Of(thrown), frame => frame.DeclaringType?.StartsWith("System.", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Throw_AfterALocalWasLastUsed_StillShowsIt()
    {
        var thrown = await Thrown.ByAsync(() => new Asynchronous().Outer("cattle-1"));

        Assert.Contains("Local int lost = 8", thrown.FrameOf("Asynchronous.Outer").Shown());
        Assert.Contains("Local int attempt = 3", thrown.FrameOf("Asynchronous.Outer").Shown());
    }

    [Fact]
    public async Task Rethrow_AcrossAnAwait_ShowsTheMethodAtBothTimes()
    {
        var frames = (await Thrown.ByAsync(() => new Asynchronous().RethrownAcrossAwait("host"))).FramesOf("Asynchronous.RethrownAcrossAwait");

        Assert.Equal(2, frames.Count);
        Assert.Contains("Local int tries = 1", frames[0].Shown());
        Assert.Contains("Local int tries = 2", frames[1].Shown());
    }

    [Fact]
    public async Task Throw_FromExceptionDispatchInfo_ShowsTheOriginalFramesAndThoseSince()
    {
        var thrown = await Thrown.ByAsync(() => Asynchronous.ThrownFromCapture("host"));

        Assert.Contains("Local int total = 2", thrown.FrameOf("Asynchronous.Inner").Shown());
        Assert.Equal(2, thrown.FramesOf("Asynchronous.ThrownFromCapture").Count);
    }

    [Fact]
    public async Task Throw_InTwoTasksAwaitedTogether_ShowsEachExceptionWithItsOwnFrames()
    {
        Task? all = null;
        await Thrown.ByAsync(() => all = new Asynchronous().AllOf("host"));
        var both = await Thrown.ByAsync(() =>
        {
            var work = new Asynchronous();
            return Task.WhenAll(work.Inner("a", 1), work.Inner("b", 2)).ContinueWith(task => throw task.Exception!, TaskScheduler.Default);
        });

        Assert.True(all!.IsFaulted);
        var inner = Assert.IsType<AggregateException>(both).InnerExceptions;
        Assert.Contains("Argument string name = \"a\"", inner[0].FrameOf("Asynchronous.Inner").Shown());
        Assert.Contains("Argument string name = \"b\"", inner[1].FrameOf("Asynchronous.Inner").Shown());
    }

    [Fact]
    public async Task Throw_OfAnExceptionWithAnInnerOne_ShowsFramesOfBoth()
    {
        var thrown = await Thrown.ByAsync(() => new Asynchronous().Wrapped("host"));

        Assert.Contains("Local string context = \"restart of host\"", thrown.FrameOf("Asynchronous.Wrapped").Shown());
        Assert.Contains("Local int total = 2", thrown.InnerException!.FrameOf("Asynchronous.Inner").Shown());
        Assert.True(thrown.InnerException!.FrameOf("Asynchronous.Wrapped").IsCaptured);
    }

    [Fact]
    public async Task Throw_InALoopWithAwaits_ShowsTheRoundsVariables()
    {
        var frame = (await Thrown.ByAsync(() => Asynchronous.Loop(["abc", "abcd"]))).FrameOf("Asynchronous.Loop");

        Assert.Contains("Local string host = \"abcd\"", frame.Shown());
        Assert.Contains("Local int length = 4", frame.Shown());
    }

    [Fact]
    public async Task Throw_InAGenericAsyncMethod_ShowsItsVariables()
    {
        var frame = (await Thrown.ByAsync(() => new Box<string>().PutLater(1, "item"))).FrameOf("Box<T>.PutLater<TKey>(TKey key, T item)");

        Assert.Contains("Argument T item = \"item\"", frame.Shown());
        Assert.Contains("Local int count = 1", frame.Shown());
    }

    [Fact]
    public void Throw_InAnAsyncVoidMethod_ShowsItsVariables()
    {
        var context = new PostedWork();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            new Asynchronous().FireAndForget("host");
            var thrown = context.RunUntilItThrows();
            Assert.Contains("Local string local = \"hostops\"", thrown.FrameOf("Asynchronous.FireAndForget").Shown());
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class PostedWork : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> posted = [];

        public override void Post(SendOrPostCallback d, object? state) => posted.Add((d, state));

        public Exception RunUntilItThrows()
        {
            while (true)
            {
                Assert.True(posted.TryTake(out var next, TimeSpan.FromSeconds(30)));
                if (Record.Exception(() => next.Work(next.State)) is { } thrown)
                    return thrown;
            }
        }
    }
}
