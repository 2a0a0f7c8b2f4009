using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_session_queue_is_read_in_order
{
    [Fact]
    public async Task Each_session_keeps_its_order_even_when_a_message_fails()
    {
        var seen = new ConcurrentQueue<string>();
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Function = typeof(InOrder),
            Queue = new QueueOptions { RequiresSession = true },
            HostJson = """{ "version": "2.0", "extensions": { "serviceBus": { "maxConcurrentSessions": 2, "sessionIdleTimeout": "00:00:05" } } }""",
            Compose = composed => composed.Services.AddSingleton(seen),
        });

        for (var i = 0; i < 5; i++)
            foreach (var session in new[] { "a", "b", "c" })
                await app.SendAsync(new ServiceBusMessage("{}") { MessageId = $"{session}{i}", SessionId = session });
        await app.SettledAsync();

        foreach (var session in new[] { "a", "b", "c" })
            Assert.Equal(
                [$"{session}0", $"{session}1", $"{session}2 failed", $"{session}2", $"{session}3", $"{session}4"],
                seen.Where(id => id.StartsWith(session, StringComparison.Ordinal)));
        Assert.Equal(15, app.Queue.Counters.Completed);
        Assert.Equal(3, app.Queue.Counters.Abandoned);
    }

    public sealed class InOrder(ConcurrentQueue<string> seen)
    {
        [Function("InOrder")]
        public async Task RunAsync([ServiceBusTrigger("%MayhemQueue%", IsSessionsEnabled = true, AutoCompleteMessages = true)] ServiceBusReceivedMessage message)
        {
            await Task.Yield();
            var fails = message.MessageId.EndsWith('2') && message.DeliveryCount == 1;
            seen.Enqueue(fails ? $"{message.MessageId} failed" : message.MessageId);
            if (fails)
                throw new InvalidOperationException("the first delivery of the third message");
        }
    }
}
