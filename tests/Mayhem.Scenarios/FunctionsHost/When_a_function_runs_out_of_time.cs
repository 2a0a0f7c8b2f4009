using Azure.Messaging.ServiceBus;
using Mayhem.Local.FunctionsHost;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_function_runs_out_of_time
{
    [Fact]
    public async Task Its_token_is_cancelled_and_the_message_is_delivered_again_while_the_rest_goes_on()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Function = typeof(Hanging),
            HostJson = """{ "version": "2.0", "functionTimeout": "00:00:20" }""",
        });

        await app.SendAsync(MayhemApp.Message("hangs", "{}"));
        await app.SendAsync(MayhemApp.Message("passes", "{}"));
        await app.SettledAsync();

        var late = Assert.Single(app.Invocations, invocation => invocation.Failure is not null);
        Assert.IsType<TimeoutException>(late.Failure);
        Assert.Equal(("hangs", InvocationSettlement.Abandoned), (late.MessageId, late.Settlement));
        Assert.Equal(2, app.Queue.Counters.Completed);
        Assert.Equal(0, app.Queue.Counters.LockExpired);
    }

    public static class Hanging
    {
        [Function("Hanging")]
        public static Task RunAsync([ServiceBusTrigger("%MayhemQueue%")] ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
            message is { MessageId: "hangs", DeliveryCount: 1 } ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken) : Task.CompletedTask;
    }
}
