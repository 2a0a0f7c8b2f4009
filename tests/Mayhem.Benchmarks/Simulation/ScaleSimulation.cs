namespace Mayhem.Benchmarks.Simulation;

/// <summary>What a simulated hour was like.</summary>
/// <param name="Messages">How many messages came.</param>
/// <param name="OperationsPerMessage">Operations on the queue for each.</param>
/// <param name="InFlight">Messages being handled at a time, on the average.</param>
/// <param name="Instances">Instances at a time, on the average.</param>
/// <param name="MostInstances">The most at a time.</param>
/// <param name="MedianDelay">Seconds from sending to handling: half of the first attempts waited no longer.</param>
/// <param name="LongDelay">The 99th percentile of them.</param>
/// <param name="Throttled">The share of the operations that waited for a credit.</param>
internal sealed record SimulatedHour(
    int Messages, double OperationsPerMessage, double InFlight, double Instances, int MostInstances, double MedianDelay, double LongDelay, double Throttled);

/// <summary>
/// A busy hour, event by event: messages come at random, wait for a free place, are handled, renewed, retried from copies; instances come as target-based scaling wants them; operations
/// cost credits. No clock and no sleeping: the same seed gives the same hour.
/// </summary>
internal sealed class ScaleSimulation
{
    private const double Hour = 3600;
    private const double BetweenDecisions = 10;
    private const double InstanceStart = 10;
    private const int MostInstancesAtOnce = 4;

    private readonly ScaleLoad load;
    private readonly Random random;
    private readonly int mostInstances;
    private readonly bool scales;
    private readonly double warmUp;
    private readonly PriorityQueue<(Event What, double SentAt), double> events = new();
    private readonly Queue<double> waiting = new();
    private readonly List<double> delays = [];
    private readonly CreditPurse credits;
    private int instances;
    private int starting;
    private int mostSeen;
    private int inFlight;
    private int messages;
    private long operations;
    private long operationsOfHour;
    private double now;
    private double inFlightArea;
    private double instanceArea;

    private ScaleSimulation(ScaleLoad load, int instances, bool scales, int mostInstances, int seed)
    {
        this.load = load;
        this.instances = scales ? 0 : instances;
        this.scales = scales;
        this.mostInstances = mostInstances;
        random = new Random(seed);
        credits = new CreditPurse(load.CreditsPerSecond);
        warmUp = scales ? 0 : 10 * load.HandlingSeconds;
    }

    private enum Event
    {
        Arrival,
        Copy,
        Handled,
        Decision,
        InstanceReady,
    }

    /// <summary>An hour with a number of instances that are there from the beginning.</summary>
    public static SimulatedHour Run(ScaleLoad load, int instances, int seed) => new ScaleSimulation(load, instances, scales: false, instances, seed).Run();

    /// <summary>An hour that begins with no instance.</summary>
    public static SimulatedHour RunScaling(ScaleLoad load, int mostInstances, int seed) => new ScaleSimulation(load, 0, scales: true, mostInstances, seed).Run();

    private SimulatedHour Run()
    {
        events.Enqueue((Event.Arrival, 0), Exponential());
        if (scales)
            events.Enqueue((Event.Decision, 0), 0);
        while (events.TryDequeue(out var happened, out var at) && at < warmUp + Hour)
        {
            Account(at);
            now = at;
            Handle(happened.What, happened.SentAt);
            StartWaiting();
        }

        delays.Sort();
        return new SimulatedHour(
            messages, (double)operationsOfHour / Math.Max(1, messages), inFlightArea / Hour, instanceArea / Hour, mostSeen,
            delays.Count == 0 ? 0 : delays[delays.Count / 2], delays.Count == 0 ? 0 : delays[(int)(delays.Count * 0.99)], (double)credits.Delayed / Math.Max(1, operations));
    }

    private void Handle(Event what, double sentAt)
    {
        switch (what)
        {
            case Event.Arrival:
                messages += now >= warmUp ? 1 : 0;
                waiting.Enqueue(Operate());
                events.Enqueue((Event.Arrival, 0), now + Exponential());
                break;
            case Event.Copy:
                waiting.Enqueue(-1);
                break;
            case Event.Handled:
                End();
                break;
            case Event.Decision:
                Decide();
                break;
            case Event.InstanceReady:
                (starting, instances) = (starting - 1, instances + 1);
                break;
        }
    }

    private void StartWaiting()
    {
        while (inFlight < instances * load.Concurrency && waiting.TryDequeue(out var sentAt))
        {
            inFlight++;
            var began = Math.Max(sentAt, Operate());
            if (sentAt >= warmUp)
                delays.Add(began - sentAt);
            var handling = Math.Exp(load.HandlingLogMean + (load.HandlingSpread * Gaussian()));
            for (var renewal = load.RenewAfterSeconds; renewal < handling; renewal += load.RenewAfterSeconds)
                Operate();
            events.Enqueue((Event.Handled, 0), began + handling);
        }
    }

    private void End()
    {
        inFlight--;
        if (random.NextDouble() < load.RetriedLater)
            events.Enqueue((Event.Copy, 0), Operate() + load.RetryDelaySeconds);
        Operate();
    }

    // As many instances as the messages there are ask for, up to four more at once.
    private void Decide()
    {
        var wanted = Math.Min(mostInstances, (int)Math.Ceiling((double)(waiting.Count + inFlight) / load.Concurrency));
        for (var more = Math.Min(MostInstancesAtOnce, wanted - instances - starting); more > 0; more--)
        {
            starting++;
            events.Enqueue((Event.InstanceReady, 0), now + InstanceStart);
        }

        if (wanted < instances && inFlight <= wanted * load.Concurrency)
            instances = wanted;
        events.Enqueue((Event.Decision, 0), now + BetweenDecisions);
    }

    private double Operate()
    {
        operations++;
        operationsOfHour += now >= warmUp ? 1 : 0;
        return credits.Take(now);
    }

    private void Account(double until)
    {
        var span = Math.Max(0, until - Math.Max(now, warmUp));
        inFlightArea += inFlight * span;
        instanceArea += instances * span;
        mostSeen = Math.Max(mostSeen, instances);
    }

    private double Exponential() => -Math.Log(1 - random.NextDouble()) / load.PeakRate;

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
