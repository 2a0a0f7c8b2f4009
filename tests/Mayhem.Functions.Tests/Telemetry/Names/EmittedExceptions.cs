using System.Text.RegularExpressions;
using Mayhem.Failures;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Telemetry.ApplicationInsights;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Functions.Tests.Telemetry.ApplicationInsights;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Fitting;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Functions.Tests.Telemetry.Names;

/// <summary>The names of exceptions' properties and measurements, from reports of every origin that go through everything that names them.</summary>
internal static partial class EmittedExceptions
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static ExceptionNames All()
    {
        var documents = new ReportDocuments(new ProcessState(new InFlightMessages(), new ManualTimeProvider(Now)));
        var ofMessage = documents.Of(OfMessage(), unreported: 3);
        var telemetry = new[]
        {
            ReportTelemetry.Of(ofMessage),
            ReportTelemetry.Of(ReportFitting.Fit(ofMessage, _ => 2, limit: 1)),
            ReportTelemetry.Of(documents.Of(OfInvocation(), unreported: 0)),
            ReportTelemetry.Of(SomeReport.Of(domain: [("incomplete", "the process")])),
        };
        return new ExceptionNames(Sorted(telemetry.SelectMany(item => item.Properties.Keys)), Sorted(telemetry.SelectMany(item => item.Metrics.Keys)));
    }

    private static ExceptionReport OfMessage()
    {
        var reporter = new RecordingReporter();
        var failure = new FailureClassifier(new FailureRules(DefaultFailureRules.All)).Classify(Thrown(), stopping: false, Locks.LockEnd.None, Now);
        var delivery = new Delivery
        {
            Queue = "restarts", MessageId = "m1", Body = default, DeliveryCount = 1, LockedUntil = Now, SequenceNumber = 7, EnqueuedAt = Now, SessionId = "web-1",
        };
        var request = new RestartRequest { RequestId = "r1", Host = "web-1", Group = "web", Requester = "ops", Reason = "stuck" };
        var progress = MessageProgress.Of(delivery).AfterFailure(failure).Remember(failure, TimeSpan.FromSeconds(5), "here");
        new FailureReporting(reporter, new ReportedExceptions(), new ManualTimeProvider(Now), NullLogger<FailureReporting>.Instance)
            .Report(failure, ReportKind.Retry, delivery, request, progress, "retry", TimeSpan.FromSeconds(5));
        return Assert.Single(reporter.Reports);
    }

    private static ExceptionReport OfInvocation()
    {
        var context = new TestContext();
        foreach (var name in new[] { "MessageId", "DeliveryCount", "SequenceNumber", "CorrelationId", "SessionId" })
            context.Data[name] = name;
        return OfMessage() with { Domain = new Dictionary<string, string>(InvocationDomain.Of(context), StringComparer.Ordinal) { [UncaughtExceptions.Hook] = "unhandled" } };
    }

    private static TimeoutException Thrown()
    {
        try
        {
            throw new TimeoutException("outer", new InvalidOperationException("inner") { Data = { ["why"] = "because" } }) { Data = { ["why"] = "because" } };
        }
        catch (TimeoutException thrown)
        {
            return thrown;
        }
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) =>
        [.. names.Select(name => Numbers().Replace(name, "{n}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"(?<=\b(?:frame|inner))\d+", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}
