using Azure.Messaging.ServiceBus;
using Mayhem.Local.FunctionsHost;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_function_throws_after_settling
{
    [Fact]
    public async Task The_message_stays_settled_and_the_invocation_is_shown_as_failed()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Function = typeof(DeadLettering) });

        await app.SendAsync(MayhemApp.Message("m1", "{}"));
        await app.SettledAsync();

        var invocation = Assert.Single(app.Invocations);
        Assert.Equal(InvocationSettlement.ByFunction, invocation.Settlement);
        Assert.Equal("to be seen in the portal", invocation.Failure?.Message);
        Assert.Equal((0, 1), (app.Host.Succeeded, app.Host.Failed));
        Assert.Equal("Poison", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal(0, app.Queue.Counters.Abandoned);
    }

    [Fact]
    public async Task Mayhem_shows_a_poison_message_in_that_way()
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync(MayhemApp.Message("m1", "this is no request"));
        await app.SettledAsync();

        Assert.Equal(1, app.Host.Failed);
        Assert.Equal(InvocationSettlement.ByFunction, Assert.Single(app.Invocations).Settlement);
        Assert.Equal("Poison", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Single(app.Reporter.Reports);
    }

    public sealed class DeadLettering
    {
        [Function("DeadLettering")]
        public static async Task RunAsync([ServiceBusTrigger("%MayhemQueue%")] ServiceBusReceivedMessage message, ServiceBusMessageActions actions)
        {
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "Poison");
            throw new InvalidOperationException("to be seen in the portal");
        }
    }
}
