using Mayhem.Local.FunctionsHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>
/// A Functions host inside this process: it reads <c>host.json</c>, finds the functions, receives their messages, looks at the clock for timers, and runs them through the app's own
/// pipeline, and treats a message as the real host does when its function returns, throws, is cancelled or is stopped.
/// </summary>
public sealed class EmbeddedFunctionsHost : IAsyncDisposable
{
    internal const string LogCategory = "Mayhem.Local.FunctionsHost";

    private readonly IHost worker;
    private readonly InvocationRegistry registry;
    private readonly IReadOnlyList<IListener> listeners;
    private readonly IReadOnlyList<TimerListener> timers;
    private readonly EmbeddedHostOptions options;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private Task? stop;

    private EmbeddedFunctionsHost(EmbeddedHostOptions options, HostJson hostJson, IReadOnlyList<TriggerFunction> functions, IReadOnlyList<TimerFunction> timed, IHost worker, WorkerBuilder app)
    {
        this.options = options;
        this.worker = worker;
        HostJson = hostJson;
        Functions = functions;
        var loggers = worker.Services.GetRequiredService<ILoggerFactory>();
        logger = loggers.CreateLogger(LogCategory);
        registry = new InvocationRegistry(hostJson.FunctionTimeout, options.TimeProvider);
        var pipeline = app.Build();
        listeners =
        [
            .. functions.Select(function =>
            {
                var runner = new InvocationRunner(
                    function, pipeline, worker.Services.GetRequiredService<IServiceScopeFactory>(), options, hostJson, registry, OnEnded, loggers);
                return function.IsSessionsEnabled
                    ? (IListener)new SessionListener(options.Client, function.Queue, runner.Start, hostJson.ServiceBus, options.TimeProvider, logger)
                    : new QueueListener(options.Client, function.Queue, runner.Start, hostJson.ServiceBus, options.TimeProvider, logger);
            }),
        ];
        timers = [.. timed.Select(function => new TimerListener(function, pipeline, worker.Services.GetRequiredService<IServiceScopeFactory>(), options.TimeProvider, loggers))];
    }

    /// <summary>Told of every invocation that has ended, on the thread that ran it.</summary>
    public event EventHandler<InvocationEndedEventArgs>? InvocationEnded;

    /// <summary>The worker's services.</summary>
    public IServiceProvider Services => worker.Services;

    /// <summary>The settings in force.</summary>
    public HostJson HostJson { get; }

    /// <summary>The functions that are run.</summary>
    public IReadOnlyList<TriggerFunction> Functions { get; }

    /// <summary>How many invocations are running.</summary>
    public int InFlight => registry.Running;

    /// <summary>How many invocations have succeeded.</summary>
    public long Succeeded => registry.Succeeded;

    /// <summary>How many invocations have failed, time-outs included.</summary>
    public long Failed => registry.Failed;

    /// <summary>Cancelled when the worker begins to stop: because this host stops it, or because the app asked for it. In the second case it is the caller's turn to call <see cref="StopAsync"/>.</summary>
    public CancellationToken WorkerStopping => worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Reads the settings, finds the functions and composes the app. Nothing runs yet.</summary>
    /// <param name="options">What to run, and on what.</param>
    /// <param name="configuration">The app's settings: binding expressions and overrides of <c>host.json</c> are looked up in it, and the worker gets it.</param>
    /// <param name="compose">Composes the app, as <c>Program.cs</c> does in Azure.</param>
    /// <exception cref="HostConfigurationException">Something is configured that cannot work; the message names it.</exception>
    public static EmbeddedFunctionsHost Create(EmbeddedHostOptions options, IConfiguration configuration, Action<IFunctionsWorkerApplicationBuilder> compose)
    {
        var hostJson = HostJson.Load(options.HostJsonPath, configuration);
        var (functions, disabled, others) = FunctionDiscovery.Find(options.FunctionsAssembly, options.Includes, configuration, hostJson.ServiceBus);
        var (timed, switchedOff) = TimerDiscovery.Find(options.FunctionsAssembly, options.Includes, configuration);
        var (worker, app) = WorkerHost.Build(options, hostJson, configuration, compose);
        var host = new EmbeddedFunctionsHost(options, hostJson, functions, timed, worker, app);
        foreach (var warning in hostJson.Warnings)
            Log.HostJsonWarning(host.logger, warning);
        foreach (var name in disabled.Concat(switchedOff))
            Log.FunctionDisabled(host.logger, name);
        foreach (var other in others)
            Log.OtherTrigger(host.logger, other);
        return host;
    }

    /// <summary>Starts the worker, then begins to receive.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await worker.StartAsync(cancellationToken);
        foreach (var (listener, function) in listeners.Zip(Functions))
        {
            Log.Listening(logger, function.Name, function.Queue, function.Connection);
            listener.Start();
        }
        foreach (var timer in timers)
            timer.Start();
    }

    /// <summary>The ids of the invocations that are running.</summary>
    public IReadOnlyCollection<string> InFlightInvocations() => [.. registry.Snapshot().Select(invocation => invocation.Id)];

    /// <summary>Cancels the token of one invocation, as the real host does with <c>InvocationCancel</c>.</summary>
    /// <returns>False if no such invocation is running.</returns>
    public async Task<bool> CancelInvocationAsync(string invocationId)
    {
        if (registry.Find(invocationId) is not { } invocation)
            return false;
        await invocation.CancelAsync();
        return true;
    }

    /// <summary>
    /// Stops to receive, then stops the worker: its hosted services decide how long that takes. The tokens of running invocations are not cancelled.
    /// Calling it again waits for the first call.
    /// </summary>
    /// <param name="cancellationToken">Makes the worker's hosted services hurry.</param>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
            return stop ??= StopOnceAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (worker is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                worker.Dispose();
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(listeners.Concat(timers).Select(listener => listener.StopReceivingAsync()));
        try
        {
            await worker.StopAsync(cancellationToken);
        }
        finally
        {
            await CutOffAsync();
            foreach (var listener in listeners.Concat(timers))
                await listener.DisposeAsync();
            registry.Dispose();
            Log.HostStopped(logger, Succeeded, Failed);
        }
    }

    private async Task CutOffAsync()
    {
        try
        {
            await registry.WhenIdleAsync().WaitAsync(options.ExitTimeout, options.TimeProvider);
        }
        catch (TimeoutException)
        {
            foreach (var invocation in registry.Snapshot())
            {
                invocation.Cut();
                Log.CutOff(logger, invocation.Function.Name, invocation.Id, invocation.Message.MessageId);
            }
        }
    }

    private void OnEnded(InvocationEnd end)
    {
        if (InvocationEnded is not { } observers)
            return;
        var (invocation, took, failure, settlement) = end;
        observers(this, new InvocationEndedEventArgs
        {
            Function = invocation.Function.Name,
            InvocationId = invocation.Id,
            MessageId = invocation.Message.MessageId,
            DeliveryCount = invocation.Message.DeliveryCount,
            Duration = took,
            Failure = failure,
            Settlement = settlement,
        });
    }
}
