using Mayhem.Failures;
using Mayhem.Reports;

namespace Mayhem.Functions.Tests.Telemetry;

/// <summary>Reports to try reporters with.</summary>
internal static class SomeReport
{
    public static ExceptionReport Of(ReportKind kind, params (string Name, string Value)[] domain)
    {
        var exception = new InvalidOperationException("outer", new TimeoutException("inner"));
        return new ExceptionReport
        {
            Id = "0198",
            At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
            Kind = kind,
            Class = FailureClass.Transient,
            Exception = exception,
            Fingerprint = "f00d",
            OperationId = "0af7651916cd43dd8448eb211c80319c",
            Domain = domain.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
        };
    }
}
