using Azure.Messaging.ServiceBus;
using Mayhem.Local.FunctionsHost;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_function_returns_without_settling
{
    private const string NoRenewal = "\"maxAutoLockRenewalDuration\": \"00:00:00\"";

    [Fact]
    public async Task Without_automatic_completion_the_lock_runs_out_and_the_message_comes_again()
    {
        await using var app = await StartAsync("\"autoCompleteMessages\": false");

        await app.SendAsync(MayhemApp.Message("m1", "{}"));
        await app.HappensAsync(() => app.Invocations.Count == 1, "the function has returned");
        Assert.Equal(1, app.Queue.Counts.Locked);
        app.Clock.Advance(app.Queue.Options.LockDuration - TimeSpan.FromSeconds(1));
        Assert.Equal(1, app.Queue.Counts.Locked);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.HappensAsync(() => app.Invocations.Count == 2, "it has come again");

        Assert.All(app.Invocations, invocation => Assert.Equal((null, InvocationSettlement.LeftLocked), (invocation.Failure, invocation.Settlement)));
        Assert.Equal([1, 2], app.Invocations.Select(invocation => invocation.DeliveryCount));
        Assert.Equal(1, app.Queue.Counters.LockExpired);
    }

    [Fact]
    public async Task With_automatic_completion_the_host_completes_it()
    {
        await using var app = await StartAsync("\"autoCompleteMessages\": true");

        await app.SendAsync(MayhemApp.Message("m1", "{}"));
        await app.SettledAsync();

        Assert.Equal(InvocationSettlement.Completed, Assert.Single(app.Invocations).Settlement);
        Assert.Equal(1, app.Queue.Counters.Completed);
    }

    private static Task<MayhemApp> StartAsync(string setting) => MayhemApp.StartAsync(new MayhemAppOptions
    {
        Function = typeof(Returning),
        HostJson = $$"""{ "version": "2.0", "extensions": { "serviceBus": { {{setting}}, {{NoRenewal}} } } }""",
    });

    public static class Returning
    {
        [Function("Returning")]
        public static void Run([ServiceBusTrigger("%MayhemQueue%")] ServiceBusReceivedMessage message) => Assert.Equal("m1", message.MessageId);
    }
}
