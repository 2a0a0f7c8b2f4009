using Mayhem.Functions;
using Mayhem.Functions.Shutdown;
using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Mayhem.Locks;
using Mayhem.Model.Doubles;
using Mayhem.Model.Histories;
using Mayhem.Observation;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Shutdown;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceBusSender = Azure.Messaging.ServiceBus.ServiceBusSender;

namespace Mayhem.Model.Worlds;

/// <summary>
/// One life of the worker: the application as it is composed in Azure, with the world's broker, ledger and hosts. Everything it does, it does on the
/// thread that drives the world: nothing waits for a thread, so a history runs the same way each time.
/// </summary>
internal sealed class WorkerProcess : IWorkerTerminator, IDisposable
{
    private readonly World world;
    private readonly ServiceProvider services;
    private readonly FunctionExecutionDelegate pipeline;
    private readonly LockRenewer renewer;
    private readonly DrainGate gate;
    private readonly SimulatedJournal ledgerJournal;
    private readonly ManualResetEventSlim stopWasTold = new();

    public WorkerProcess(World world)
    {
        this.world = world;
        var clock = new ProcessClock(world.Clock, () => IsDead, AfterTimer);
        SimulatedJournal? opened = null;
        var ledger = EmbeddedLedger.Open(
            replay => opened = world.LedgerLog.Open(replay), new EmbeddedLedgerOptions { Owner = "model" }, clock, NullLogger.Instance, "simulated");
        ledgerJournal = opened!;
        var recorded = new ModelLedger(this, world, ledger);
        var app = new WorkerBuilder(new ServiceCollection());
        app.Services.AddSingleton<TimeProvider>(clock);
        app.Services.AddSingleton(new Random(world.Seed));
        app.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        app.Services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        app.Services.AddSingleton<Azure.Messaging.ServiceBus.ServiceBusClient>(world.Client);
        app.Services.AddSingleton<ServiceBusSender>(new ModelSender(this, world.Client.CreateSender(World.Queue)));
        app.Services.AddSingleton<ILedger>(recorded);
        app.Services.AddSingleton<IRequestArchive>(recorded);
        app.Services.AddSingleton<IRestartTarget>(new ModelTarget(this, world));
        app.Services.AddSingleton<IExceptionReporter>(new ModelReporter(this));
        app.Services.AddSingleton<IWorkerTerminator>(this);
        app.Services.AddSingleton(provider => new LockRenewer(
            provider.GetRequiredService<LockOptions>(), clock, provider.GetRequiredService<ProcessingCounters>(), NullLogger<LockRenewer>.Instance, ownThread: false,
            provider.GetRequiredService<DrainGate>().Stopping) { TellsOnThePool = false });
        app.AddMayhem(world.Configuration);
        services = app.Services.BuildServiceProvider();
        pipeline = app.Build();
        gate = services.GetRequiredService<DrainGate>();

        // Registered first, so it is told last: when it has been told, everybody has.
        gate.Stopping.Register(stopWasTold.Set);
        renewer = services.GetRequiredService<LockRenewer>();
    }

    public bool IsDead { get; private set; }

    /// <summary>True from the failure that ends the process.</summary>
    public bool IsEnding { get; set; }

    public bool IsDraining { get; private set; }

    public bool DiskIsFull { get; private set; }

    /// <summary>True when the handlers have been asked to stop.</summary>
    public bool StopsHandlers => gate.Stopping.IsCancellationRequested;

    public bool HoldsLocks => renewer.Count > 0;

    /// <summary>Does what the renewer's thread does.</summary>
    public void RenewLocks()
    {
        if (!IsDead)
            renewer.RunDue();
    }

    /// <summary>Runs the function for a delivery, as the host does, until it ends or waits for something.</summary>
    public async Task RunAsync(DeliveryRun delivery)
    {
        DeliveryRun.Current = delivery;
        delivery.Starts();
        var actions = new InvocationActions(new EmbeddedMessageActions(delivery.Receiver));
        var invocation = new Invocation(World.Function, delivery.Message, actions, session: null);
        delivery.Cancel = invocation.CancelAsync;
        using var activity = MessageTrace.Start(World.Function.Name, delivery.Message);
        Exception? thrown = null;
        try
        {
            await using var scope = services.CreateAsyncScope();
            await pipeline(new InvocationContext(
                World.Function, invocation, new TriggerInput(delivery.Message, new ModelActions(delivery, actions), Session: null), activity, scope.ServiceProvider));
        }
        catch (Exception failure)
        {
            thrown = failure;
        }

        actions.End();
        if (thrown is not null && !actions.Settled)
            await delivery.Receiver.AbandonMessageAsync(delivery.Message);
        delivery.Ends(thrown);
    }

    /// <summary>Makes a call of the application to the world outside, with the fault that the history has for it.</summary>
    /// <param name="call">Which call.</param>
    /// <param name="effect">What it does out there.</param>
    /// <param name="fail">Makes the exception; null if it cannot fail in this way now.</param>
    /// <param name="cancellationToken">Ends a call that hangs.</param>
    /// <param name="onFault">Hears that something is wrong with the call.</param>
    public async Task<T> CallAsync<T>(Call call, Func<Task<T>> effect, Func<Flaw, Exception?> fail, CancellationToken cancellationToken, Action? onFault = null)
    {
        if (IsDead)
            return await NeverAsync<T>();
        var fault = world.TakeFault(call);
        world.Trace($"{call}{(fault is null ? "" : $": {fault}")}");
        if (fault is null)
            return await effect();
        onFault?.Invoke();
        var answer = fault.Afterwards ? await effect() : default;
        switch (fault.Kind)
        {
            case FaultKind.Fail when fail(fault.Flaw) is { } failure:
                throw failure;
            case FaultKind.Hang:
                await world.HangAsync(call, this, cancellationToken);
                break;
            case FaultKind.Die:
                Die();
                return await NeverAsync<T>();
        }

        return fault.Afterwards ? answer! : await effect();
    }

    /// <summary>Ends the process on the spot.</summary>
    public void Die() => IsDead = true;

    /// <summary>Begins to stop as on a signal of the host.</summary>
    public void Drain()
    {
        if (IsDraining)
            return;
        IsDraining = true;
        _ = services.GetServices<IHostedService>().OfType<DrainService>().Single().StopAsync(CancellationToken.None);
        AwaitStop();
    }

    public void FillDisk()
    {
        DiskIsFull = true;
        ledgerJournal.Refuse();
    }

    public void Terminate(string reason) => IsEnding = true;

    public void Dispose()
    {
        IsDead = true;
        services.DisposeAsync().AsTask().GetAwaiter().GetResult();
        stopWasTold.Dispose();
    }

    private void AfterTimer()
    {
        AwaitStop();
        world.TakeFailures();
    }

    // The gate tells of the stop on the pool. Nothing else may happen until everybody has heard of it.
    private void AwaitStop()
    {
        if (gate is null || !gate.Stopping.IsCancellationRequested)
            return;
        stopWasTold.Wait();
        world.AwaitHandlers();
    }

    private static Task<T> NeverAsync<T>() => new TaskCompletionSource<T>().Task;
}
