namespace Mayhem.Restarts;

/// <summary>A restart did not happen, or ended without a healthy host. It may be tried again.</summary>
public class RestartFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the target asks to wait before the next try; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>It cannot be told whether a restart was issued: the target must be asked before another try.</summary>
public sealed class AmbiguousRestartException(string message, Exception? inner = null) : RestartFailedException(message, inner);

/// <summary>The target asks to come back later.</summary>
public sealed class RestartThrottledException(string message, TimeSpan retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the target asks to wait.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>There is no such host.</summary>
public sealed class HostNotFoundException(string host, Exception? inner = null) : Exception($"There is no host '{host}'.", inner)
{
    /// <summary>The name that was asked for.</summary>
    public string Host { get; } = host;
}

/// <summary>The host must not be restarted.</summary>
public sealed class RestartDeniedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The target does not restart the host, and will not the next time either.</summary>
public sealed class RestartRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The host's name does not lead to anything that could be asked to restart it.</summary>
public sealed class MalformedHostException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The intent to restart could not be recorded, so nothing was done.</summary>
public sealed class IntentNotRecordedException(string requestId, Exception inner)
    : Exception($"The intent to carry out request '{requestId}' could not be recorded, so nothing was done.", inner);

/// <summary>The ledger could not tell how far the request has come, so nothing was done.</summary>
public sealed class LedgerNotReadException(string requestId, Exception inner)
    : Exception($"The ledger could not tell how far request '{requestId}' has come, so nothing was done.", inner);

/// <summary>The restart went well, but neither its issue nor its outcome could be recorded. The next try finds the restart and does not repeat it.</summary>
public sealed class OutcomeNotRecordedException(string requestId, Exception inner)
    : Exception($"Request '{requestId}' was carried out, but that could not be recorded.", inner);
