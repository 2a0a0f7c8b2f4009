using System.Runtime.InteropServices;

namespace Mayhem.Cli.Up;

/// <summary>
/// Turns Ctrl+C, SIGTERM and SIGHUP into a request to stop in good order. A second Ctrl+C ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private int interrupts;

    /// <summary>Takes the signals over until disposed of.</summary>
    /// <param name="endAtOnce">Ends the process: called with <see cref="ExitCodes.Interrupted"/> at the second Ctrl+C.</param>
    public StopSignals(Action<int> endAtOnce)
    {
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, endAtOnce)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Requested => stop.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }

    private void Interrupt(PosixSignalContext signal, Action<int> endAtOnce)
    {
        if (Interlocked.Increment(ref interrupts) > 1)
            endAtOnce(ExitCodes.Interrupted);
        Stop(signal);
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
