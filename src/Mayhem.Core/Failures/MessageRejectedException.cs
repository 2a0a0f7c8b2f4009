namespace Mayhem.Failures;

/// <summary>
/// Stands for a message that is dead-lettered though nothing was thrown: its body is not a request, its time has passed, it kills processes.
/// It gives such a message a report and a fingerprint like any other failure.
/// </summary>
public sealed class MessageRejectedException(string reason, string message) : Exception(message)
{
    /// <summary>The reason on the dead letter.</summary>
    public string Reason { get; } = reason;
}
