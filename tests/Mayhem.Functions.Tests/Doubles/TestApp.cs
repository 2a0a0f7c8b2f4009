using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Composes the app as a host does, and runs its function through its own pipeline.</summary>
internal sealed class TestApp : IFunctionsWorkerApplicationBuilder, IAsyncDisposable
{
    private readonly HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    private IHost? host;

    public TestApp(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? before = null, bool online = false)
    {
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal) { ["MayhemQueue"] = "restarts" });
        if (!online)
            builder.Services.AddSingleton<ServiceBusClient>(new OfflineClient(Scheduled));
        before?.Invoke(builder.Services);
        this.AddMayhem(builder.Configuration);
    }

    public List<Scheduled> Scheduled { get; } = [];

    public RecordingActions Actions { get; } = new();

    public IServiceCollection Services => builder.Services;

    public IServiceProvider Provider => Host.Services;

    private IHost Host => host ??= builder.Build();

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    public Task StartAsync() => Host.StartAsync();

    /// <summary>Runs the function on a message, as an invocation.</summary>
    public Task InvokeAsync(ServiceBusReceivedMessage message)
    {
        FunctionExecutionDelegate function = context => ActivatorUtilities.CreateInstance<RestartFunction>(Provider)
            .RunAsync(message, Actions, context, context.CancellationToken);
        var pipeline = Enumerable.Reverse(middleware).Aggregate(function, (next, wrap) => wrap(next));
        return pipeline(new TestContext { InstanceServices = Provider });
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
