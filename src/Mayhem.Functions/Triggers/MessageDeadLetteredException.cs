namespace Mayhem.Functions.Triggers;

/// <summary>Shows the invocation as failed after its message was dead-lettered. The message is settled and the failure reported; nothing is left to do.</summary>
public sealed class MessageDeadLetteredException(string messageId, string reason, Exception? inner)
    : Exception($"Message '{messageId}' was dead-lettered as {reason}.", inner);
