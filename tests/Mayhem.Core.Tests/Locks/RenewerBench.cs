using Mayhem.Locks;
using Mayhem.Observation;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Locks;

/// <summary>A renewer on a clock moved by hand, stepped by the test instead of by its thread.</summary>
internal sealed class RenewerBench : IDisposable
{
    public RenewerBench(LockOptions? options = null) =>
        Renewer = new LockRenewer(options ?? new LockOptions(), Clock, Counters, NullLogger<LockRenewer>.Instance, ownThread: false);

    public ManualTimeProvider Clock { get; } = new();

    public ProcessingCounters Counters { get; } = new();

    public LockRenewer Renewer { get; }

    public void Advance(double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        Renewer.RunDue();
    }

    public LockHandle Hold(double seconds, Func<CancellationToken, Task> renew) =>
        Renewer.Hold("m-1", TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), renew);

    public void Dispose()
    {
        Renewer.Dispose();
        Counters.Dispose();
    }
}
