using Mayhem.Shutdown;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Remembers that the worker was to end.</summary>
internal sealed class RecordingTerminator : IWorkerTerminator
{
    public string? Reason { get; private set; }

    public void Terminate(string reason) => Reason ??= reason;
}
