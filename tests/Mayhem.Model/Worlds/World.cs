using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Mayhem.Messages;
using Mayhem.Model.Checks;
using Mayhem.Model.Doubles;
using Mayhem.Model.Histories;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Model.Worlds;

/// <summary>Everything that outlives a process: hosts, broker, the disk of the ledger, the clock. Carries out the steps of a history.</summary>
internal sealed class World : IDisposable
{
    public const string Queue = "restarts";

    /// <summary>An application property of the sender's.</summary>
    public const string Note = "note";

    private const int MaxConcurrentCalls = 4;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BriefLife = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan UrgentFor = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Call, Queue<Fault>> faults = [];
    private readonly List<HangingCall> hanging = [];
    private readonly List<WorkerProcess> processes = [];
    private readonly List<DeliveryRun> running = [];
    private readonly Queue<DeliveryRun> prefetched = [];
    private readonly SimulatedLog brokerLog = new();
    private readonly List<string> trace = [];
    private readonly long origin;
    private EmbeddedBroker broker;
    private int sent;

    public World(Variant variant, int seed)
    {
        Variant = variant;
        Seed = seed;
        origin = Clock.GetTimestamp();
        Books = new Books(this);
        Hosts = new Hosts(Violations);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["MayhemQueue"] = Queue,
            ["Mayhem:Locks:MaxLockDuration"] = Variant.MaxLockDuration.ToString("c"),
            ["Mayhem:Retry:Deadline"] = Variant.Deadline.ToString("c"),
            // What is expected of a message depends on that message alone. Groups, whose messages learn from each other, have properties and scenarios of their own.
            ["Mayhem:Breaker:Enabled"] = "false",
        };
        if (variant.KnowsLockDuration)
            settings["Mayhem:Locks:Duration"] = variant.LockDuration.ToString("c");
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        broker = OpenBroker();
        Client = new EmbeddedServiceBusClient(broker, TimeSpan.Zero);
        Worker = StartWorker();
    }

    public static TriggerFunction Function { get; } = FunctionDiscovery.Find(
        typeof(RestartFunction).Assembly,
        type => type == typeof(RestartFunction),
        new ConfigurationBuilder().AddInMemoryCollection([new("MayhemQueue", Queue)]).Build(),
        new ServiceBusHostSettings()).Functions[0];

    public Variant Variant { get; }

    public int Seed { get; }

    public ManualTimeProvider Clock { get; } = new();

    public IConfiguration Configuration { get; }

    public Violations Violations { get; } = new();

    public Books Books { get; }

    public Hosts Hosts { get; }

    public SimulatedLog LedgerLog { get; } = new();

    public EmbeddedServiceBusClient Client { get; private set; }

    public WorkerProcess Worker { get; private set; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<string> Traced => trace;

    /// <summary>The monotonic clock.</summary>
    public TimeSpan Now => Clock.GetElapsedTime(origin);

    public void Trace(string what) => trace.Add($"{Now:c} {what}");

    public Fault? TakeFault(Call call) => faults.TryGetValue(call, out var armed) && armed.TryDequeue(out var fault) ? fault : null;

    /// <summary>The ledger as a process that started now would find it.</summary>
    public LedgerState LedgerOnDisk()
    {
        var found = new LedgerState();
        LedgerLog.Replay(record => found.Apply(LedgerRecord.Parse(record, "simulated")));
        return found;
    }

    public async Task HangAsync(Call call, WorkerProcess process, CancellationToken cancellationToken)
    {
        var hangs = new HangingCall(call, process);
        var delivery = call == Call.Renew ? null : DeliveryRun.Current;
        hanging.Add(hangs);
        delivery?.Hangs(1);
        await using var cancelled = cancellationToken.Register(() => hangs.End.TrySetCanceled(cancellationToken));
        try
        {
            await hangs.End.Task;
        }
        finally
        {
            hanging.Remove(hangs);
            delivery?.Hangs(-1);
        }
    }

    /// <summary>A wait that is cancelled goes on on the pool. Nothing else may happen until everybody who was told to end has ended, or waits for something else.</summary>
    public void AwaitHandlers()
    {
        if (Violations.All.Count > 0)
            return;
        foreach (var run in running.Where(run => run.IsRunning && (run.StopWasAsked || run.LossIsKnown || run.CeilingIsReached)).ToList())
        {
            if (!SpinWait.SpinUntil(() => !run.IsRunning || run.Hanging > 0, TimeSpan.FromSeconds(30)))
                Violations.Add($"{run} does not end though it was told to");
        }
    }

    /// <summary>What failed has been judged by now, unless something beside it still goes on: what happens later does not count for it.</summary>
    public void TakeFailures()
    {
        foreach (var run in running.Where(run => run is { IsRunning: true, Hanging: 0 }))
            run.Settle();
    }

    /// <summary>Carries out a step, and looks at the world afterwards.</summary>
    public void Do(Step step)
    {
        Trace($"--- {step}");
        switch (step)
        {
            case Step.SendStep send:
                Send(send.Request, send.Sort);
                break;
            case Step.ReceiveStep:
                if (Receive() is { } received)
                    Run(received);
                break;
            case Step.PrefetchStep:
                if (Receive() is { } ahead)
                    prefetched.Enqueue(ahead);
                break;
            case Step.StartStep:
                if (prefetched.TryDequeue(out var first) && !first.Process.IsDead)
                    Run(first);
                break;
            case Step.NextStep next:
                if (!faults.TryGetValue(next.Call, out var armed))
                    faults[next.Call] = armed = [];
                armed.Enqueue(next.Fault);
                break;
            case Step.ResumeStep resume:
                Resume(resume.Which);
                break;
            case Step.PassStep pass:
                Pass(TimeSpan.FromSeconds(pass.Seconds));
                break;
            case Step.StallStep stall:
                Stall(TimeSpan.FromSeconds(stall.Seconds));
                break;
            case Step.JumpStep jump:
                Clock.JumpWallClock(TimeSpan.FromSeconds(jump.Seconds));
                break;
            case Step.CrashStep crash:
                Crash(crash.Machine);
                break;
            case Step.DrainStep:
                Worker.Drain();
                break;
            case Step.CancelStep cancel:
                CancelInvocation(cancel.Which);
                break;
            case Step.FillDiskStep:
                Worker.FillDisk();
                break;
        }

        if (Worker.IsDead)
            Crash(machine: false);
        TakeFailures();
        CheckLocks();
        CheckNothingIsLost();
    }

    /// <summary>Nothing goes wrong any more: everything comes to its end.</summary>
    public void ComeToRest()
    {
        Trace("--- nothing goes wrong any more");
        faults.Clear();
        prefetched.Clear();
        for (var rounds = 0; Violations.All.Count == 0; rounds++)
        {
            if (rounds > 2000)
            {
                Violations.Add($"the queue never empties: {State()}");
                return;
            }

            if (Worker.IsEnding || Worker.IsDraining || Worker.DiskIsFull || Worker.IsDead)
                Crash(machine: false);
            while (hanging.Any(call => !call.Process.IsDead))
                Resume(0);
            if (Receive() is { } received)
            {
                Run(received);
                continue;
            }

            if (broker.Queue(Queue).Counts is { Active: 0, Locked: 0, Scheduled: 0 } && !running.Exists(run => run.IsRunning))
                break;
            Pass(TimeSpan.FromSeconds(running.Exists(run => run.IsRunning) ? 1 : 15));
        }

        CheckNothingIsLost();
        CheckRest();
    }

    public void Dispose()
    {
        foreach (var process in processes)
            process.Dispose();
        broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private EmbeddedBroker OpenBroker() => EmbeddedBroker.Of(BrokerQueue.Open(
        Queue,
        new QueueOptions
        {
            LockDuration = Variant.LockDuration,
            MaxDeliveryCount = Variant.MaxDeliveryCount,
            DeadLetteringOnMessageExpiration = true,
            DuplicateDetectionWindow = Variant.DetectsDuplicates ? DuplicateWindow : null,
        },
        auditRetention: null,
        brokerLog.Open,
        Clock,
        NullLogger.Instance));

    private WorkerProcess StartWorker()
    {
        var process = new WorkerProcess(this);
        processes.Add(process);
        return process;
    }

    private void Send(int request, Sort sort)
    {
        var id = sort switch { Sort.Plain => $"q{request}", Sort.Poison or Sort.Again => $"q{request}-{sort}-{++sent}", _ => $"q{request}-{sort}" };
        var body = sort == Sort.Poison ? "no request" : JsonSerializer.Serialize(new
        {
            version = 1,
            requestId = $"{(sort == Sort.Deadly ? Hosts.Deadly : "q")}{request}",
            host = $"h{request}",
            requester = "model",
            notAfter = sort == Sort.Urgent ? Clock.GetUtcNow() + UrgentFor : new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });
        var message = new ServiceBusMessage(body) { MessageId = id, CorrelationId = id, Subject = "restart", ContentType = "application/json", ReplyTo = "answers" };
        message.ApplicationProperties[Note] = $"about {id}";
        message.ApplicationProperties["Diagnostic-Id"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        if (sort == Sort.Brief)
            message.TimeToLive = BriefLife;
        AtOnce(Client.CreateSender(Queue).SendMessageAsync(message));
        Books.Accept(id);
    }

    private DeliveryRun? Receive()
    {
        if (Worker.IsDead || running.Count(run => run.IsRunning) + prefetched.Count >= MaxConcurrentCalls)
            return null;
        var receiver = Client.CreateReceiver(Queue);
        var message = AtOnce(receiver.ReceiveMessageAsync());
        if (message is null)
            return null;
        var run = new DeliveryRun(this, Worker, message, receiver);
        Books.Delivered(run);
        return run;
    }

    private void Run(DeliveryRun run)
    {
        Trace($"begin {run}");
        running.RemoveAll(other => !other.IsRunning);
        running.Add(run);
        _ = run.Process.RunAsync(run);
    }

    private void Resume(int which)
    {
        var alive = hanging.Where(call => !call.Process.IsDead).ToList();
        if (alive.Count > 0)
        {
            var call = alive[which % alive.Count];
            Trace($"{call.Call} goes on");
            call.End.TrySetResult();
        }
    }

    private void Pass(TimeSpan time)
    {
        while (time > TimeSpan.Zero && Violations.All.Count == 0)
        {
            var step = Worker.HoldsLocks || running.Exists(run => run.IsRunning) ? Tick : time;
            step = step < time ? step : time;
            Clock.Advance(step);
            time -= step;
            RenewLocks();
            CheckLocks();
        }
    }

    private void Stall(TimeSpan time)
    {
        foreach (var run in running)
            run.ExcuseLostLock();
        Clock.Advance(time);
        RenewLocks();
    }

    private void RenewLocks()
    {
        foreach (var run in running)
            run.LooksAtLock();
        Worker.RenewLocks();
        AwaitHandlers();
        TakeFailures();
    }

    private void Crash(bool machine)
    {
        Worker.Die();
        hanging.RemoveAll(call => call.Process.IsDead);
        running.RemoveAll(run => run.Process.IsDead);
        prefetched.Clear();
        if (machine)
        {
            AtOnce(broker.DisposeAsync().AsTask().ContinueWith(_ => true, TaskContinuationOptions.ExecuteSynchronously));
            broker = OpenBroker();
            Client = new EmbeddedServiceBusClient(broker, TimeSpan.Zero);
        }

        Worker = StartWorker();
    }

    private void CancelInvocation(int which)
    {
        var alive = running.Where(run => run.IsRunning).ToList();
        if (alive.Count == 0)
            return;
        var run = alive[which % alive.Count];
        run.IsCancelled = true;

        // Its callbacks run on the pool; nothing else happens until they have.
        run.Cancel!().GetAwaiter().GetResult();
        AwaitHandlers();
    }

    private void CheckLocks()
    {
        foreach (var run in running.Where(run => run is { IsRunning: true, LostLockIsExcused: false, CeilingIsReached: false, Settlement: null, MayBeOnRecordAsUnsettled: false } && Now >= run.BrokerLockEnd))
        {
            Violations.Add($"{run}: its lock has run out, and nothing kept it from being renewed");
            run.ExcuseLostLock();
        }
    }

    private void CheckNothingIsLost()
    {
        var queue = broker.Queue(Queue);
        var kept = queue.Peek(Local.Broker.SubQueue.None, 0, 1000).Concat(queue.Peek(Local.Broker.SubQueue.DeadLetter, 0, 1000))
            .Select(message => MessageProperties.Text(message.Properties, MessageProperties.RootId) ?? message.Content.MessageId).ToHashSet(StringComparer.Ordinal);
        foreach (var root in Books.Accepted.Where(root => !Books.IsFinished(root) && !kept.Contains(root)))
            Violations.Add($"{root} is lost: {State()}");
    }

    private void CheckRest()
    {
        var ledger = LedgerOnDisk();
        foreach (var request in Hosts.Requests)
        {
            var last = Hosts.Of(request).Last();
            var entry = ledger.Find(request);
            if (entry is null || entry.Attempts < last.Key)
                Violations.Add($"{request} was restarted as attempt {last.Key}, and the ledger has {entry?.Attempts}");
            else if (entry.State is RestartState.Restarted && !Hosts.EndedWell(request))
                Violations.Add($"{request} is restarted by the ledger, and was not");
            else if (entry.State is RestartState.Failed && entry.Attempts == last.Key && last.Value.End != RestartEnd.Failed)
                Violations.Add($"{request} has failed by the ledger, and its restart {(last.Value.End == RestartEnd.Well ? "ended well" : "goes on")}");
        }
    }

    private string State() => $"{broker.Queue(Queue).Counts}, {running.Count(run => run.IsRunning)} running";

    private static void AtOnce(Task done)
    {
        if (!done.IsCompleted)
            throw new InvalidOperationException("The broker did not answer at once.");
        done.GetAwaiter().GetResult();
    }

    private static T AtOnce<T>(Task<T> answer)
    {
        AtOnce((Task)answer);
        return answer.Result;
    }

    private sealed class HangingCall(Call call, WorkerProcess process)
    {
        public Call Call { get; } = call;

        public WorkerProcess Process { get; } = process;

        public TaskCompletionSource End { get; } = new();
    }
}
