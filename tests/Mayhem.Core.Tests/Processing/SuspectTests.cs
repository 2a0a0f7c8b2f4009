using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

/// <summary>Messages that processes died on are handled alone, each in its turn.</summary>
public sealed class SuspectTests : IDisposable
{
    private readonly ProcessorBench bench = new();
    private readonly TaskCompletionSource watching = new();
    private int numbers = 100;

    [Fact]
    public async Task Process_FewerDeaths_IsHandledBesideOthers()
    {
        Send("r-1", deaths: 1);
        bench.Target.Watch = async _ => Assert.False(await IsOnTrialAsync("r-1#101"));
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Process_ASuspectThatIsInnocent_IsOnTrialMeanwhileAndCompletes()
    {
        Send("r-1", deaths: 2);
        bench.Target.Watch = async _ => Assert.True(await IsOnTrialAsync("r-1#101"));
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.False(await IsOnTrialAsync("r-1#101"));
    }

    [Fact]
    public async Task Process_DeathsWhileItWaits_DoNotCount()
    {
        Send("r-1", deaths: 9);
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Process_ASuspectThatTakesLong_MakesRoomForOthersAfterItsProbation()
    {
        Send("r-1", deaths: 2);
        Send("r-2");
        bench.Target.Watch = _ => watching.Task;
        var suspect = Begin();
        bench.Target.Watch = _ => Task.CompletedTask;
        var other = Begin();
        bench.Clock.Advance(Quarantine.Probation - Quarantine.Glance);
        Assert.Equal((true, false), (await IsOnTrialAsync("r-1#101"), other.IsCompleted));
        bench.Clock.Advance(2 * Quarantine.Glance);
        Assert.Equal((false, true), (await IsOnTrialAsync("r-1#101"), other.IsCompleted));
        watching.SetResult();
        Assert.Equal(new Verdict.Complete("restarted"), (await suspect).Verdict);
    }

    [Fact]
    public async Task Process_ASuspectThatEndsTheProcess_StaysOnTrial()
    {
        Send("r-1", deaths: 2);
        bench.Target.Fail(() => new OutOfMemoryException());
        Assert.IsType<Verdict.StopProcess>((await bench.ProcessNextAsync())!.Verdict);
        bench.Clock.Advance(2 * Quarantine.Probation);
        Assert.True(await IsOnTrialAsync("r-1#101"));
        Assert.Equal("HostCrash", Assert.IsType<Verdict.DeadLetter>((await bench.ProcessNextAsync())!.Verdict).Reason);
    }

    [Fact]
    public async Task Process_ASuspectBesideAYoungMessage_WaitsForIt()
    {
        Send("r-1");
        Send("r-2", deaths: 2);
        bench.Target.Watch = _ => watching.Task;
        var young = Begin();
        bench.Target.Watch = _ => Task.CompletedTask;
        var suspect = Begin();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(suspect.IsCompleted);
        watching.SetResult();
        bench.Clock.Advance(Quarantine.Glance);
        Assert.Equal((new Verdict.Complete("restarted"), new Verdict.Complete("restarted")), ((await young).Verdict, (await suspect).Verdict));
    }

    [Fact]
    public async Task Process_ASecondSuspect_IsPostponedWithItsDeaths()
    {
        Send("r-1", deaths: 2);
        Send("r-2", deaths: 4);
        bench.Target.Watch = _ => watching.Task;
        var first = Begin();
        Assert.IsType<Verdict.RetryLater>((await Begin()).Verdict);
        var copy = Assert.Single(bench.Queue.Copies);
        Assert.Equal((2, Some.Now + Quarantine.NextAsking), (copy.Properties[MessageProperties.Deaths], copy.DueAt));
        watching.SetResult();
        await first;

        bench.Target.Watch = async _ => Assert.True(await IsOnTrialAsync($"{copy.MessageId}#102"));
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Process_ASecondSuspectInASession_WaitsInPlace()
    {
        Send("r-1", deaths: 2);
        Send("r-2", deaths: 2, session: "web");
        bench.Target.Watch = _ => watching.Task;
        var first = Begin();
        var second = Begin();
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        watching.SetResult();
        await first;
        Assert.False(second.IsCompleted);
        bench.Clock.Advance(Quarantine.NextAsking);
        Assert.Equal((new Verdict.Complete("restarted"), 0), ((await second).Verdict, bench.Queue.Copies.Count));
    }

    [Fact]
    public async Task Process_AnAttemptThatTheProcessOutlives_ClearsTheCopy()
    {
        Send("r-1", deaths: 2);
        bench.Target.Fail(() => new RestartThrottledException("slow down", TimeSpan.FromSeconds(12)));
        Assert.IsType<Verdict.RetryLater>((await bench.ProcessNextAsync())!.Verdict);
        Assert.False(Assert.Single(bench.Queue.Copies).Properties.ContainsKey(MessageProperties.Deaths));
    }

    [Fact]
    public async Task Process_AnotherMessage_WaitsWhileTheSuspectIsAlone_AndIsGivenBackOnAStop()
    {
        Send("r-1", deaths: 2);
        Send("r-2");
        bench.Target.Watch = _ => watching.Task;
        var suspect = Begin();
        using var stop = new CancellationTokenSource();
        var other = Begin(stop.Token);
        await stop.CancelAsync();
        Assert.IsType<Verdict.Abandon>((await other).Verdict);
        Assert.Equal(1, bench.Target.Calls);
        watching.SetResult();
        Assert.Equal(new Verdict.Complete("restarted"), (await suspect).Verdict);
    }

    public void Dispose() => bench.Dispose();

    private ValueTask<bool> IsOnTrialAsync(string message) => bench.Ledger.IsOnTrialAsync(message, CancellationToken.None);

    private Task<ProcessingResult> Begin(CancellationToken invocation = default)
    {
        // What the clock ends goes on at once, on this thread.
        SynchronizationContext.SetSynchronizationContext(null);
        var (delivery, actions) = bench.Queue.Receive()!.Value;
        return bench.Processor.ProcessAsync(delivery, actions, invocation).AsTask();
    }

    private void Send(string id, int deaths = 0, string? session = null) => bench.Queue.Send(
        Some.Delivery(id, body: Some.Body(id)) with { SequenceNumber = ++numbers, SessionId = session }, deaths);
}
