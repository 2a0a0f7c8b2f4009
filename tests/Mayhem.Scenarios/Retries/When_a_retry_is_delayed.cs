using Azure.Messaging.ServiceBus;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Retries;

public class When_a_retry_is_delayed
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_copy_carries_what_belongs_to_the_message_and_nothing_that_belongs_to_its_delivery()
    {
        await using var app = await StartAsync();
        var request = Request();
        foreach (var (name, value) in new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["tenant"] = "north", ["priority"] = 3, ["traceparent"] = TraceParent,
            ["Diagnostic-Id"] = TraceParent, ["DeadLetterReason"] = "of an earlier life", ["DeadLetterErrorDescription"] = "likewise", ["x-opt-partition-id"] = 4,
        })
            request.ApplicationProperties[name] = value;

        await app.SendAsync(request);
        await app.QuietAsync();

        var copy = Assert.Single(app.Messages());
        Assert.Equal("r1:1:r1", copy.Content.MessageId);
        Assert.Equal(
            ("r1", "restart", "application/json", "answers", "room 1", "key"),
            (copy.Content.CorrelationId, copy.Content.Subject, copy.Content.ContentType, copy.Content.ReplyTo, copy.Content.To, copy.Content.PartitionKey));
        Assert.Equal(request.Body.ToString(), new BinaryData(copy.Content.Body).ToString());
        Assert.Equal(
            [
                MessageProperties.Attempt, MessageProperties.Budgets, MessageProperties.Copy, MessageProperties.FirstEnqueuedAt, MessageProperties.History,
                MessageProperties.RootId, "priority", "tenant", "traceparent",
            ],
            copy.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("r1", 1, 1), (copy.Properties[MessageProperties.RootId], copy.Properties[MessageProperties.Copy], copy.Properties[MessageProperties.Attempt]));
        Assert.Equal("Mayhem.Restarts.RestartThrottledException=1", copy.Properties[MessageProperties.Budgets]);
        Assert.Equal(("north", 3, TraceParent), (copy.Properties["tenant"], copy.Properties["priority"], copy.Properties["traceparent"]));
    }

    [Fact]
    public async Task The_copy_lives_as_long_as_the_original_would_have()
    {
        await using var app = await StartAsync();
        var expires = app.Time.GetUtcNow() + TimeSpan.FromMinutes(10);
        await app.SendAsync(Request());
        await app.QuietAsync();

        Assert.Equal(TimeSpan.FromMinutes(10) - Delay, Assert.Single(app.Messages()).Content.TimeToLive);
        app.Target.OnIssue("web-1", _ => new TaskCompletionSource().Task);
        app.Clock.Advance(Delay);
        await app.HappensAsync(() => app.Queue.Counts.Locked == 1, "the copy is delivered");

        Assert.Equal(expires, Assert.Single(app.Messages()).ExpiresAt);
    }

    [Fact]
    public async Task Further_copies_count_on_and_keep_the_root()
    {
        await using var app = await StartAsync(throttled: 3);
        await app.SendAsync(Request());
        await app.QuietAsync();
        app.Clock.Advance(Delay);
        await app.QuietAsync();
        app.Clock.Advance(Delay);
        await app.QuietAsync();

        var third = Assert.Single(app.Messages());
        Assert.Equal(("r1:5:r3", "r1", 3, 3), (third.Content.MessageId, third.Properties[MessageProperties.RootId], third.Properties[MessageProperties.Copy], third.Properties[MessageProperties.Attempt]));
        app.Clock.Advance(Delay);
        await app.QuietAsync();

        Assert.Equal(
            ["Schedule r1:r1#0", "Complete r1#1", "Schedule r1:r2#0", "Complete r1:r1#1", "Schedule r1:r3#0", "Complete r1:r2#1", "Complete r1:r3#1"], app.Wire.Settlements);
        Assert.Equal((1, "r1"), (app.Target.Restarted.Count, (await app.EntryAsync("r1"))!.MessageId));
    }

    [Fact]
    public async Task The_original_is_completed_only_after_the_broker_has_the_copy()
    {
        await using var app = await StartAsync();
        var acknowledged = new TaskCompletionSource();
        app.Wire.On(WireOperation.Schedule, async schedule =>
        {
            await schedule();
            await acknowledged.Task;
        });
        await app.SendAsync(Request());
        await app.HappensAsync(() => app.Queue.Counts.Scheduled == 1, "the copy is scheduled");

        Assert.Equal((1, 0), (app.Queue.Counts.Locked, app.Wire.Count(WireOperation.Complete)));
        acknowledged.SetResult();
        await app.QuietAsync();

        Assert.Equal(["Schedule r1:r1#0", "Complete r1#1"], app.Wire.Settlements);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_scheduled_is_scheduled_by_the_next_delivery()
    {
        await using var app = await StartAsync();
        app.Wire.Fail(WireOperation.Schedule);
        await app.SendAsync(Request());
        await app.HappensAsync(() => app.Invocations.Count == 1, "the first delivery has ended");

        Assert.Equal((1, 0), (app.Queue.Counts.Locked, app.Queue.Counts.Scheduled));
        Assert.Equal((0L, 1L), (app.Counters[ProcessingEvent.RetriedLater], app.Counters[ProcessingEvent.SettlementFailed]));
        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.QuietAsync();
        Assert.Empty(app.Target.Restarted);
        app.Clock.Advance(Delay);
        await app.QuietAsync();

        Assert.Equal(["Schedule r1:r1#0", "Schedule r1:r1#0", "Complete r1#2", "Complete r1:r1#1"], app.Wire.Settlements);
        Assert.Single(app.Target.Restarted);
    }

    private static async Task<MayhemApp> StartAsync(int throttled = 1)
    {
        var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", Delay), throttled);
        return app;
    }

    private static ServiceBusMessage Request()
    {
        var request = MayhemApp.Request("r1", "web-1");
        request.Subject = "restart";
        request.ReplyTo = "answers";
        request.To = "room 1";
        request.PartitionKey = "key";
        request.TimeToLive = TimeSpan.FromMinutes(10);
        return request;
    }
}
