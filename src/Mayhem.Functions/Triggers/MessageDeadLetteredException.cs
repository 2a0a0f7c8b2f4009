using Mayhem.Redaction;

namespace Mayhem.Functions.Triggers;

/// <summary>Shows the invocation as failed after its message was dead-lettered. The message is settled and the failure reported; nothing is left to do.</summary>
public sealed class MessageDeadLetteredException(string messageId, string reason, Exception? inner)
    : Exception($"Message '{messageId}' was dead-lettered as {reason}.", Shown(inner))
{
    // The worker calls an invocation cancelled if the inner exception is a cancellation, such as a timeout of HttpClient. The portal then
    // shows no more than "A task was canceled", so such a cause goes one level down.
    // And the host logs it, where no redaction of ours reaches.
    private static Exception? Shown(Exception? cause)
    {
        var shown = cause is null ? null : RedactedException.Of(cause);
        return shown is OperationCanceledException ? new AggregateException(shown) : shown;
    }
}
