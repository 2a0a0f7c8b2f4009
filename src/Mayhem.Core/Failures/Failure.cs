namespace Mayhem.Failures;

/// <summary>An exception, classified.</summary>
/// <param name="Exception">The exception as it was caught.</param>
/// <param name="Cause">The exception the rule was found for: the caught one, or one it wraps.</param>
/// <param name="Class">The class, which may differ from the rule's: a cancelled wait is a time-out unless this process stops.</param>
/// <param name="Rule">The rule that fits.</param>
/// <param name="Fingerprint">Groups failures of one cause.</param>
/// <param name="ReportId">The id of the report that tells of it.</param>
/// <param name="At">When it was caught.</param>
public sealed record Failure(
    Exception Exception, Exception Cause, FailureClass Class, FailureRule Rule, string Fingerprint, string ReportId, DateTimeOffset At)
{
    /// <summary>The full name of the cause's type; of a failure that is known from a record only, that of the recorded one.</summary>
    public string Type { get; init; } = Cause.GetType().FullName!;
}
