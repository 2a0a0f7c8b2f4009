using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Reports;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Reports;

/// <summary>A restart that fails, as it fails in production: through woven methods, with log lines before and domain data.</summary>
internal static class FailingWorkflow
{
    /// <summary>The failure of one run.</summary>
    public static async Task<ExceptionReport> FailAsync()
    {
        var trail = LogTrail.Begin();
        for (var line = 0; line < 20; line++)
            trail.Add(new LogLine(TimeProvider.System.GetUtcNow(), LogLevel.Information, "Mayhem.Local.Fleet.ProcessFleet", $"Host cattle-0001 is being restarted, step {line}."));
        var workflow = new RestartWorkflow(
            EmbeddedLedger.InMemory(TimeProvider.System), new NoArchive(), new FailingTarget(), TimeProvider.System, NullLogger<RestartWorkflow>.Instance);
        var result = await workflow.RunAsync(
            new RestartIntent(new RestartRequest { RequestId = "r-1", Host = "cattle-0001", Requester = "ops@example.net", Reason = "stuck" }), "r-1", RestartScope.Issue, account: null, CancellationToken.None);
        return Report(((WorkflowOutcome.Failed)result.Outcome).Exception, trail);
    }

    private static ExceptionReport Report(Exception exception, LogTrail trail) => new()
    {
        Id = ReportIds.New(TimeProvider.System.GetUtcNow()),
        At = TimeProvider.System.GetUtcNow(),
        Kind = ReportKind.Retry,
        Class = FailureClass.Transient,
        Exception = exception,
        Fingerprint = Fingerprints.Of(exception),
        Domain = Enumerable.Range(1, 15).ToDictionary(number => $"name{number}", number => $"a value of the usual length {number}", StringComparer.Ordinal),
        Trail = trail,
    };

    private sealed class NoArchive : IRequestArchive
    {
        public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class FailingTarget : IRestartTarget
    {
        public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw new RestartFailedException("the host did not come back");
        }

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);
    }
}
