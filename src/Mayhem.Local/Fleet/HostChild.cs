using System.Diagnostics;
using Mayhem.Restarts;

namespace Mayhem.Local.Fleet;

/// <summary>One process that plays a host.</summary>
internal sealed class HostChild
{
    private readonly Process process;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? pong;
    private bool gone;

    private HostChild(Process process)
    {
        this.process = process;
        ProcessId = process.Id;
        Exited = ListenAsync();
    }

    public int ProcessId { get; }

    /// <summary>Completes with the exit code, after everything the process said has been heard.</summary>
    public Task<int> Exited { get; }

    /// <summary>True once the fleet has ended it.</summary>
    public bool EndedOnPurpose { get; private set; }

    /// <exception cref="RestartFailedException">The program cannot be started.</exception>
    public static HostChild Start(ProcessStartInfo info)
    {
        try
        {
            return new HostChild(Process.Start(info)!);
        }
        catch (System.ComponentModel.Win32Exception unstartable)
        {
            throw new RestartFailedException($"'{info.FileName}' could not be started.", unstartable);
        }
    }

    /// <summary>Waits until the process is up; false if it ended first or the time is up.</summary>
    public async Task<bool> BecomesReadyAsync(TimeSpan limit, TimeProvider timeProvider)
    {
        await ((Task)Task.WhenAny(ready.Task, Exited)).WaitAsync(limit, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ready.Task.IsCompletedSuccessfully;
    }

    /// <summary>Asks whether the process is well; null if it is, else what is wrong.</summary>
    public async Task<string?> FindFaultAsync(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var answer = Ask();
        await ((Task)Task.WhenAny(answer, Exited)).WaitAsync(limit, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer.IsCompletedSuccessfully)
            return null;
        if (answer.IsCanceled)
            await ((Task)Exited).WaitAsync(limit, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return Exited.IsCompleted ? Ending() : $"process {ProcessId} does not answer within {limit}";
    }

    /// <summary>Says how the process ended.</summary>
    public string Ending() => Exited.IsCompletedSuccessfully
        ? $"process {ProcessId} ended with exit code {Exited.Result}"
        : $"process {ProcessId} runs";

    /// <summary>Ends the process, at once and for certain.</summary>
    public async Task KillAsync()
    {
        EndedOnPurpose = true;
        lock (gate)
        {
            if (!gone)
                process.Kill();
        }

        await Exited;
    }

    /// <summary>The answer to come; cancelled if the process does not listen any more, because it is ending.</summary>
    private Task Ask()
    {
        lock (gate)
        {
            if (pong is not null)
                return pong.Task;
            pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                process.StandardInput.WriteLine(HostProtocol.Ping);
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
            {
                pong.SetCanceled();
            }

            return pong.Task;
        }
    }

    private async Task<int> ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Equals($"{HostProtocol.Ready} {ProcessId}", StringComparison.Ordinal))
                ready.TrySetResult();
            if (line.Equals($"{HostProtocol.Pong} {ProcessId}", StringComparison.Ordinal))
                HearPong();
        }

        await process.WaitForExitAsync();
        lock (gate)
        {
            gone = true;
            var code = process.ExitCode;
            process.Dispose();
            return code;
        }
    }

    private void HearPong()
    {
        lock (gate)
        {
            pong?.TrySetResult();
            pong = null;
        }
    }
}
