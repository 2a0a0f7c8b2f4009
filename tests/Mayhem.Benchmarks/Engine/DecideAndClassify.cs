using BenchmarkDotNet.Attributes;
using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Benchmarks.Engine;

/// <summary>What is decided about a delivery. Bound while nothing has failed: 200 ns, and nothing allocated.</summary>
[MemoryDiagnoser]
public class DecideAndClassify
{
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly RecoveryOptions options = new();
    private readonly FailureClassifier classifier = new(new FailureRules(DefaultFailureRules.All));
    private readonly RestartFailedException exception = Thrown();
    private Delivery delivery = null!;
    private Failure failure = null!;
    private AttemptBudget budget = null!;

    [GlobalSetup]
    public void Fail()
    {
        delivery = new Delivery { Queue = "restarts", MessageId = "m-1", Body = default, DeliveryCount = 1, LockedUntil = now.AddMinutes(1), EnqueuedAt = now };
        failure = Classify();
        budget = AttemptBudget.Untouched.Spend(failure.Rule.Name);
    }

    [Benchmark(Baseline = true)]
    public bool NothingFailed() =>
        MessageProgress.Of(delivery).Attempt == 1 && CrashEvidence.Deaths(delivery, unsettled: 0) == 0 && RecoveryPolicy.GoOnWaiting(delivery, options, now, TimeSpan.MaxValue) is null;

    [Benchmark]
    public Failure Classify() => classifier.Classify(exception, stopping: false, LockEnd.None, now);

    [Benchmark]
    public Verdict Decide() => RecoveryPolicy.Decide(failure, delivery, budget, options, random: 0.5);

    private static RestartFailedException Thrown()
    {
        try
        {
            throw new RestartFailedException("the host did not come back", new TimeoutException());
        }
        catch (RestartFailedException thrown)
        {
            return thrown;
        }
    }
}
