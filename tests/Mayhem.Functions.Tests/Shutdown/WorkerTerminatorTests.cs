using Mayhem.Functions.Shutdown;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Testing;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Functions.Tests.Shutdown;

public sealed class WorkerTerminatorTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly Lifetime lifetime = new();
    private readonly List<string> process = [];
    private readonly WorkerTerminator terminator;

    public WorkerTerminatorTests() => terminator = new WorkerTerminator(
        lifetime, clock, new RecordingLogger<WorkerTerminator>(), code => process.Add($"code {code}"), code => process.Add($"exit {code}"));

    [Fact]
    public async Task Terminate_StopsTheApplication_WithAnExitCode()
    {
        terminator.Terminate("out of memory");

        await Eventually.HoldsAsync(() => lifetime.Stops == 1, "the application was asked to stop");
        Assert.Equal(["code 70"], process);
    }

    [Fact]
    public void Terminate_TheProcessIsStillThereAfterTheLimit_EndsIt()
    {
        terminator.Terminate("out of memory");
        clock.Advance(WorkerTerminator.HardLimit);

        Assert.Equal(["code 70", "exit 70"], process);
    }

    [Fact]
    public void Terminate_Again_ChangesNothing()
    {
        terminator.Terminate("out of memory");
        clock.Advance(TimeSpan.FromSeconds(5));
        terminator.Terminate("out of memory");
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["code 70", "exit 70"], process);
    }

    public void Dispose()
    {
        terminator.Dispose();
        lifetime.Dispose();
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private int stops;

        public int Stops => Volatile.Read(ref stops);

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => Interlocked.Increment(ref stops);

        public void Dispose() => stopping.Dispose();
    }
}
