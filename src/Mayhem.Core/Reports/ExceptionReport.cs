using Mayhem.Failures;

namespace Mayhem.Reports;

/// <summary>What became of the failure that a report tells of.</summary>
public enum ReportKind
{
    /// <summary>The message is tried again.</summary>
    Retry,

    /// <summary>The message was dead-lettered.</summary>
    Final,

    /// <summary>The failure was logged and counted, and the message went on.</summary>
    Tolerated,

    /// <summary>The process ends because of it.</summary>
    ProcessFatal,

    /// <summary>The exception escaped every handler.</summary>
    Unhandled,
}

/// <summary>One failure, told once: the exception, what was decided, and everything of the domain that helps to find the cause.</summary>
public sealed record ExceptionReport
{
    /// <summary>Orders by time: a version 7 UUID without hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>When the exception was caught.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What became of it.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>The class the exception was put in.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>The exception as it was caught.</summary>
    public required Exception Exception { get; init; }

    /// <summary>Groups failures of one cause: a hash of exception types and our own frames, without line numbers.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The trace in which it happened; null outside a trace.</summary>
    public string? OperationId { get; init; }

    /// <summary>Domain data by name: request, host, group, requester, attempt, delivery count, queue, message id, root id, verdict …</summary>
    public IReadOnlyDictionary<string, string> Domain { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The failures of the message, this one included where it is remembered, as they travel with it: see <see cref="Recovery.FailureHistory"/>.</summary>
    public string? History { get; init; }

    /// <summary>What was logged on the way to the failure; null if nobody kept it.</summary>
    public LogTrail? Trail { get; init; }
}

/// <summary>Somewhere reports go. A reporter that throws, or takes long, never affects a message: its callers see to that.</summary>
public interface IExceptionReporter
{
    /// <summary>Takes a report over. Returns at once.</summary>
    void Report(ExceptionReport report);

    /// <summary>Waits until what was taken over has been sent, or the token is cancelled.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
