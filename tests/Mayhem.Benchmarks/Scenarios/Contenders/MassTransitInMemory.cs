using MassTransit;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>MassTransit with its transport in memory, without a container: its faster variant.</summary>
internal sealed class MassTransitInMemory : IContender
{
    private const string Queue = "restarts";

    private IBusControl bus = null!;
    private ISendEndpoint endpoint = null!;
    private Outbox<BenchRequest> outbox = null!;

    public async Task StartAsync(Workload workload, Handler handler)
    {
        bus = Bus.Factory.CreateUsingInMemory(configure =>
        {
            configure.UseDelayedMessageScheduler();
            configure.ReceiveEndpoint(Queue, receive =>
            {
                receive.ConcurrentMessageLimit = workload.Concurrency;
                receive.PrefetchCount = Math.Max(workload.Concurrency, 16);
                receive.UseDelayedRedelivery(retry =>
                {
                    retry.Handle<LaterException>();
                    retry.Interval(1, Handler.Delay);
                });
                receive.UseMessageRetry(retry =>
                {
                    retry.Handle<TransientException>();
                    retry.Immediate(5);
                });
                receive.Handler<BenchRequest>(async context => await handler.HandleAsync(
                    context.Message.RequestId, context.Message.Reason, 1 + context.GetRetryAttempt() + context.GetRedeliveryCount()));
            });
        });
        await bus.StartAsync();
        endpoint = await bus.GetSendEndpoint(new Uri($"queue:{Queue}"));
    }

    // It takes objects, and writes them itself.
    public void Prepare(IReadOnlyList<BenchRequest> requests) => outbox = new Outbox<BenchRequest>(requests);

    public ValueTask SendAsync(int number) => new(endpoint.Send(outbox.Take(number)));

    public Task SettledAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await bus.StopAsync();
}
