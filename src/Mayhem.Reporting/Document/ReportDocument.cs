using Mayhem.Failures;
using Mayhem.Recovery;
using Mayhem.Reports;

namespace Mayhem.Reporting.Document;

/// <summary>
/// A report as it leaves the process: text and numbers only, redacted, bounded. The schema is <c>docs/exception-report.schema.json</c>;
/// what is made from it (telemetry, console, e-mail, spool file) needs nothing else.
/// </summary>
public sealed record ReportDocument
{
    /// <summary>The version of the schema that this program writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the schema.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Orders by time: a version 7 UUID without hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>When the exception was caught.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What became of the failure.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>The class the exception was put in.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>Groups failures of one cause.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many failures with this fingerprint were counted, and not told of, since the last report of it.</summary>
    public int Unreported { get; init; }

    /// <summary>The trace in which it happened; null outside a trace.</summary>
    public string? OperationId { get; init; }

    /// <summary>The exceptions of the chain, outermost first, at most 10.</summary>
    public required IReadOnlyList<ReportedException> Exceptions { get; init; }

    /// <summary>Domain data by name: request, host, group, attempt, queue, message id, rule, verdict …</summary>
    public IReadOnlyDictionary<string, string> Domain { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The earlier failures of the same message, oldest first.</summary>
    public IReadOnlyList<FailureHistoryEntry> History { get; init; } = [];

    /// <summary>The last log lines before the failure, oldest first.</summary>
    public IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; } = [];

    /// <summary>The state of the process; null if it could not be read.</summary>
    public ReportedProcess? Process { get; init; }
}
