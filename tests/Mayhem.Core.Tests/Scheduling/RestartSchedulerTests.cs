using Mayhem.Messages;
using Mayhem.Scheduling;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Scheduling;

public sealed class RestartSchedulerTests : IDisposable
{
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 30, TimeSpan.Zero));
    private readonly List<string> published = [];
    private Exception? refusal;
    private RestartScheduler? made;

    [Fact]
    public async Task TakeTurn_WithinOneSlot_PublishesItOnce()
    {
        var scheduler = Scheduler();

        Assert.Equal(1, await scheduler.TakeTurnAsync(default));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await scheduler.TakeTurnAsync(default));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await scheduler.TakeTurnAsync(default));

        Assert.Equal(["12:00", "12:01"], published);
    }

    [Fact]
    public async Task TakeTurn_AfterSlotsWereMissed_MakesUpForTheLastFive()
    {
        var scheduler = Scheduler();
        await scheduler.TakeTurnAsync(default);
        time.Advance(TimeSpan.FromMinutes(3));
        await scheduler.TakeTurnAsync(default);
        Assert.Equal(["12:00", "12:01", "12:02", "12:03"], published);

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(6, await scheduler.TakeTurnAsync(default));
        Assert.Equal(["12:58", "12:59", "13:00", "13:01", "13:02", "13:03"], published[4..]);
    }

    [Fact]
    public async Task TakeTurn_ThatTheQueueRefused_IsMadeUpForByTheNext()
    {
        var scheduler = Scheduler();
        refusal = new IOException("The queue is out of reach.");
        Assert.Same(refusal, await Assert.ThrowsAsync<IOException>(() => scheduler.TakeTurnAsync(default)));

        refusal = null;
        await scheduler.TakeTurnAsync(default);
        refusal = new IOException("Again.");
        time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<IOException>(() => scheduler.TakeTurnAsync(default));
        refusal = null;
        time.Advance(TimeSpan.FromMinutes(1));
        await scheduler.TakeTurnAsync(default);

        Assert.Equal(["12:00", "12:01", "12:02"], published);
    }

    [Fact]
    public async Task TakeTurn_ByManyAtOnce_PublishesASlotOnce()
    {
        var scheduler = Scheduler();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => scheduler.TakeTurnAsync(default))));

        Assert.Single(published);
    }

    public void Dispose() => made?.Dispose();

    private RestartScheduler Scheduler()
    {
        var always = new ScheduledGroup("web", TimeSlot.Length, ["host-1"]);
        return made = new RestartScheduler(
            new RestartSchedule([always], new AnyTime(), SlotLot.Hashed(""), new SchedulerOptions()), PublishAsync, time, NullLogger<RestartScheduler>.Instance);
    }

    private Task PublishAsync(RestartRequest request, CancellationToken cancellationToken)
    {
        if (refusal is not null)
            return Task.FromException(refusal);
        lock (published)
            published.Add($"{request.NotAfter - TimeSpan.FromMinutes(15):HH:mm}");
        return Task.CompletedTask;
    }
}
