using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Scenarios.OncePerRequest;

public class When_a_request_is_sent_twice
{
    [Fact]
    public async Task Under_the_same_message_id_the_broker_drops_it_where_it_detects_duplicates()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Queue = new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromMinutes(10) } });

        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal((1, 1), (app.Queue.Counters.DuplicatesDropped, app.Queue.Counters.Delivered));
        Assert.Single(app.Target.Restarted);
    }

    [Theory]
    [InlineData("r1")]
    [InlineData("another id")]
    public async Task It_is_completed_without_acting_where_the_broker_does_not(string messageId)
    {
        await using var app = await MayhemApp.StartAsync();
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        var again = MayhemApp.Request("r1", "web-1");
        again.MessageId = messageId;

        await app.SendAsync(again);
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1", $"Complete {messageId}#1"], app.Wire.Settlements);
        Assert.Equal((1L, 1L), (app.Counters[ProcessingEvent.Restarted], app.Counters[ProcessingEvent.DuplicateSuppressed]));
        Assert.Equal(1, app.Target.Tries);
        Assert.Empty(app.Reporter.Reports);
    }

    [Fact]
    public async Task It_is_remembered_by_the_next_process()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        await app.KillWorkerAsync();
        await app.StartWorkerAsync();

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal((1, 1L), (app.Target.Tries, app.Counters[ProcessingEvent.DuplicateSuppressed]));
    }

    [Fact]
    public async Task Two_requests_for_one_host_are_two_restarts()
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-1");
        await app.QuietAsync();

        Assert.Equal(2, app.Target.Restarted.Count);
    }
}
