using System.Net.Http;
using System.Net.Sockets;
using Mayhem.Restarts;

namespace Mayhem.Failures;

/// <summary>The rules in force where configuration says nothing.</summary>
public static class DefaultFailureRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FailureRule> All { get; } =
    [
        FailureRule.StopProcess(typeof(OutOfMemoryException)),
        FailureRule.DeadLetter(typeof(HostNotFoundException)),
        FailureRule.DeadLetter(typeof(RestartDeniedException), reason: "Denied"),
        FailureRule.DeadLetter(typeof(UnauthorizedAccessException)),
        FailureRule.Throttle(typeof(RestartThrottledException), RetryDelay.From(nameof(RestartThrottledException.RetryAfter), fallback: TimeSpan.FromSeconds(30)), maxAttempts: 10),
        FailureRule.Retry(typeof(RestartFailedException), Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 4),
        FailureRule.Retry(typeof(TimeoutException), Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 5),
        FailureRule.Retry(typeof(OperationCanceledException), Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 5),
        FailureRule.Retry(typeof(HttpRequestException), Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        FailureRule.Retry(typeof(SocketException), Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        FailureRule.Retry(typeof(IOException), Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        FailureRule.Retry(typeof(IntentNotRecordedException), Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 8),
        FailureRule.Retry(typeof(OutcomeNotRecordedException), Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 8),
        FailureRule.Retry(typeof(Exception), Exponential(firstSeconds: 1, capSeconds: 30), maxAttempts: 3),
    ];

    private static RetryDelay Exponential(double firstSeconds, double capSeconds) =>
        RetryDelay.Exponential(TimeSpan.FromSeconds(firstSeconds), factor: 2, cap: TimeSpan.FromSeconds(capSeconds));
}
