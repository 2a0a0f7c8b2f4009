using Mayhem.Messages;
using Mayhem.Shutdown;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.Shutdown;

public class When_a_delivery_arrives_while_draining
{
    [Fact]
    public async Task It_is_abandoned_at_once_while_the_others_finish()
    {
        var late = new TaskCompletionSource();
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Compose = composed => composed.Use(next => async context =>
            {
                if (string.Equals((string?)context.BindingContext.BindingData["MessageId"], "late", StringComparison.Ordinal))
                    await late.Task;
                await next(context);
            }),
        });
        var gate = app.Host.Services.GetRequiredService<DrainGate>();
        var end = new TaskCompletionSource();
        app.Target.OnWatch("web-1", token => end.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.SendAsync("late", "web-2");
        await app.HappensAsync(() => app.Target.Watched == 1 && app.Host.InFlight == 2, "one is handled, the other on its way");

        var stopping = app.Host.StopAsync();
        await app.HappensAsync(() => gate.IsDraining, "the worker drains");
        late.SetResult();
        await app.HappensAsync(() => app.Invocations.Count == 1, "the late one has ended");

        Assert.Equal(["Abandon late#1"], app.Wire.Settlements);
        Assert.Equal((1, 1), (app.Target.Tries, gate.InFlight));
        var message = Assert.Single(app.Messages(), message => string.Equals(message.Content.MessageId, "late", StringComparison.Ordinal));
        Assert.Equal((1, "stopping"), (message.Properties[MessageProperties.Abandons], message.Properties[MessageProperties.AbandonReason]));
        end.SetResult();
        await app.HappensAsync(() => stopping.IsCompleted, "the worker has stopped");
        Assert.Equal(["Abandon late#1", "Complete r1#1"], app.Wire.Settlements);

        await app.StopWorkerAsync();
        await app.StartWorkerAsync();
        await app.QuietAsync();
        Assert.Equal(["web-1", "web-2"], app.Target.Restarted.Select(order => order.Request.Host));
    }
}
