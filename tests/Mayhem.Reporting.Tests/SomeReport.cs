using Mayhem.Failures;
using Mayhem.Reports;

namespace Mayhem.Reporting.Tests;

/// <summary>Failures to try reports with.</summary>
internal static class SomeReport
{
    public static readonly DateTimeOffset At = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public static ExceptionReport Of(Exception exception, ReportKind kind = ReportKind.Retry) => new()
    {
        Id = ReportIds.New(At),
        At = At,
        Kind = kind,
        Class = FailureClass.Transient,
        Exception = exception,
        Fingerprint = Fingerprints.Of(exception),
    };

    public static ExceptionReport WithFingerprint(string fingerprint, ReportKind kind = ReportKind.Retry) =>
        Of(new TimeoutException("no answer"), kind) with { Fingerprint = fingerprint };
}
