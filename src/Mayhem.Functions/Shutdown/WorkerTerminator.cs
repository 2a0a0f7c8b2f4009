using Mayhem.Shutdown;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Shutdown;

/// <summary>Ends the worker process with exit code 70: orderly if that works, and hard if it does not within 10 s.</summary>
public sealed class WorkerTerminator : IWorkerTerminator, IDisposable
{
    /// <summary>The exit code of a worker that cannot be trusted any more: EX_SOFTWARE of sysexits.h.</summary>
    public const int ExitCode = 70;

    /// <summary>How long the orderly way may take.</summary>
    public static readonly TimeSpan HardLimit = TimeSpan.FromSeconds(10);

    private readonly IHostApplicationLifetime lifetime;
    private readonly TimeProvider timeProvider;
    private readonly ILogger<WorkerTerminator> logger;
    private readonly Action<int> setExitCode;
    private readonly Action<int> exit;
    private int asked;
    private ITimer? hardEnd;

    /// <summary>Ends this process.</summary>
    public WorkerTerminator(IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<WorkerTerminator> logger)
        : this(lifetime, timeProvider, logger, code => Environment.ExitCode = code, Environment.Exit)
    {
    }

    internal WorkerTerminator(
        IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<WorkerTerminator> logger, Action<int> setExitCode, Action<int> exit)
    {
        this.lifetime = lifetime;
        this.timeProvider = timeProvider;
        this.logger = logger;
        this.setExitCode = setExitCode;
        this.exit = exit;
    }

    /// <inheritdoc />
    public void Terminate(string reason)
    {
        if (Interlocked.Exchange(ref asked, 1) != 0)
            return;
        setExitCode(ExitCode);
        hardEnd = timeProvider.CreateTimer(_ => EndHard(), state: null, HardLimit, Timeout.InfiniteTimeSpan);
        Log.Terminating(logger, ExitCode, reason);

        // What others registered for the stop runs inside the call and must not hold the caller up.
        ThreadPool.UnsafeQueueUserWorkItem(static lifetime => lifetime.StopApplication(), lifetime, preferLocal: false);
    }

    /// <inheritdoc />
    public void Dispose() => hardEnd?.Dispose();

    private void EndHard()
    {
        Log.TerminatingHard(logger, HardLimit);
        exit(ExitCode);
    }
}
