using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;
using Mayhem.Local.FunctionsHost;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_function_throws_before_settling
{
    [Fact]
    public async Task The_host_abandons_at_once_and_the_broker_gives_up_after_the_last_delivery()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Function = typeof(Throwing), Queue = new QueueOptions { MaxDeliveryCount = 3 } });
        var began = app.Clock.GetUtcNow();

        await app.SendAsync(MayhemApp.Message("m1", "{}"));
        await app.HappensAsync(() => app.Invocations.Count == 3 && app.Queue.Counts.DeadLettered == 1, "the third delivery was the last");

        Assert.Equal([1, 2, 3], app.Invocations.Select(invocation => invocation.DeliveryCount));
        Assert.All(app.Invocations, invocation => Assert.Equal(InvocationSettlement.Abandoned, invocation.Settlement));
        Assert.Equal("MaxDeliveryCountExceeded", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal(began, app.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_telemetry_middleware_sees_the_original_exception_of_every_delivery()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Function = typeof(Throwing), Queue = new QueueOptions { MaxDeliveryCount = 2 } });

        await app.SendAsync(MayhemApp.Message("m1", "{}"));
        await app.UntilAsync(() => app.Queue.Counts.DeadLettered == 1, "the message is dead");

        Assert.Equal(2, app.Reporter.Reports.Count);
        Assert.All(app.Reporter.Reports, report => Assert.Equal("thrown by the function", Assert.IsType<InvalidOperationException>(report.Exception).Message));
        Assert.All(app.Reporter.Reports, report => Assert.Equal("m1", report.Domain["messageId"]));
    }

    public sealed class Throwing
    {
        [Function("Throwing")]
        public static async Task RunAsync([ServiceBusTrigger("%MayhemQueue%")] ServiceBusReceivedMessage message)
        {
            await Task.Yield();
            throw new InvalidOperationException("thrown by the function");
        }
    }
}
