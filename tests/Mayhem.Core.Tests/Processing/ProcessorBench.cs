using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Locks;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Settlement;
using Mayhem.Shutdown;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Processing;

/// <summary>A processor with everything it needs, on a clock that runs by itself while the processor waits for it.</summary>
internal sealed class ProcessorBench : IDisposable, IExceptionReporter, IRequestArchive, IWorkerTerminator
{
    public static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan MaxLockDuration = TimeSpan.FromMinutes(10);

    private readonly LockRenewer renewer;
    private readonly InFlightMessages inFlight = new();
    private readonly Func<MessageProcessor> newProcess;

    public ProcessorBench(bool detectsDuplicates = true, FailureRules? rules = null, BreakerOptions? breaker = null, IHostGroups? groups = null, GuardOptions? guards = null, IHostRules? hosts = null)
    {
        Queue = new SimulatedQueue(Clock, LockDuration) { DetectsDuplicates = detectsDuplicates };
        Ledger = EmbeddedLedger.InMemory(Clock);
        Gate = new DrainGate(Clock);
        var locks = new LockOptions { MaxLockDuration = MaxLockDuration };
        renewer = new LockRenewer(locks, Clock, Counters, NullLogger<LockRenewer>.Instance, ownThread: false, Gate.Stopping);
        var unsettled = new UnsettledDeliveries(Ledger, NullLogger<UnsettledDeliveries>.Instance);
        var reporting = new FailureReporting(this, new ReportedExceptions(), Clock, NullLogger<FailureReporting>.Instance);
        var jitter = new JitterSource(new Random(1));
        var recovery = new RecoveryOptions();
        var failures = new FailureHandling(
            new FailureClassifier(rules ?? Some.Rules), new RecordedFailures(Ledger, NullLogger<RecordedFailures>.Instance), recovery, reporting, Counters, jitter, Clock, NullLogger<FailureHandling>.Instance);
        var hostGroups = groups ?? new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal));
        Guards = new RestartGuards(
            new GuardBook(hostGroups, guards ?? new GuardOptions(), new Dictionary<string, GuardOptions>(StringComparer.Ordinal)), hosts ?? new SameForAllHosts(dryRun: false), Ledger,
            NullLogger<RestartGuards>.Instance);
        Groups = new TargetGroups(
            hostGroups, breaker ?? new BreakerOptions(), jitter, Clock, NullLogger<TargetGroups>.Instance);
        newProcess = () => new MessageProcessor(
            new RestartWorkflow(Ledger, this, Target, Clock, NullLogger<RestartWorkflow>.Instance), Guards, Groups, failures, recovery, renewer, locks, Gate,
            new Settler(unsettled, new PlannedCopies(Ledger, NullLogger<PlannedCopies>.Instance), Counters, Clock, NullLogger<Settler>.Instance),
            new CrashHandling(
                unsettled, new Trials(Ledger, NullLogger<Trials>.Instance), new Quarantine(Clock), failures, recovery, Clock, NullLogger<CrashHandling>.Instance),
            reporting, this, Counters, inFlight,
            Clock, NullLogger<MessageProcessor>.Instance);
        Processor = newProcess();
    }

    public ManualTimeProvider Clock { get; } = new(Some.Now);

    public SimulatedQueue Queue { get; }

    public ScriptedTarget Target { get; } = new();

    public EmbeddedLedger Ledger { get; }

    public DrainGate Gate { get; }

    public TargetGroups Groups { get; }

    public RestartGuards Guards { get; }

    public ProcessingCounters Counters { get; } = new();

    /// <summary>The processor of the process that lives now.</summary>
    public MessageProcessor Processor { get; private set; }

    public List<ExceptionReport> Reports { get; } = [];

    public List<string> Terminations { get; } = [];

    public Func<Task> Saving { get; set; } = () => Task.CompletedTask;

    /// <summary>Sends a message and processes it, and the copies made of it, until the queue is empty.</summary>
    public async Task<ProcessingResult> RunAsync(Delivery? delivery = null)
    {
        Queue.Send(delivery ?? Some.Delivery());
        ProcessingResult? last = null;
        for (var deliveries = 0; await ProcessNextAsync() is { } result; deliveries++)
        {
            Assert.True(deliveries < 500, "The message never ends.");
            last = result;
        }

        return last!;
    }

    /// <summary>Processes the next delivery while the clock runs; null if there is none.</summary>
    public async Task<ProcessingResult?> ProcessNextAsync(Action<int>? onStep = null, CancellationToken invocation = default)
    {
        if (Queue.Receive() is not { } next)
            return null;

        // What the clock ends goes on at once, on this thread: that of a test would send it to the pool, and the clock would run ahead of it.
        SynchronizationContext.SetSynchronizationContext(null);
        var ceiling = Clock.GetUtcNow() + MaxLockDuration;
        var processing = Processor.ProcessAsync(next.Delivery, next.Actions, invocation).AsTask();
        for (var step = 0; !processing.IsCompleted; step++)
        {
            Assert.True(step < 100_000, "The processor never ends.");
            onStep?.Invoke(step);
            if (renewer.Count > 0 && Clock.GetUtcNow() < ceiling)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(100));
                renewer.RunDue();
            }
            else
            {
                // The lock is lost or at its ceiling: the handler is being cancelled on the pool, and the clock must not run ahead of it.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        Assert.Equal((0, 0, 0), (inFlight.Count, Gate.InFlight, renewer.Count));
        return await processing;
    }

    public void Report(ExceptionReport report) => Reports.Add(report);

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) => await Saving();

    public void Terminate(string reason)
    {
        Terminations.Add(reason);
        Processor = newProcess();
    }

    public void Dispose()
    {
        renewer.Dispose();
        Gate.Dispose();
        Counters.Dispose();
    }
}
