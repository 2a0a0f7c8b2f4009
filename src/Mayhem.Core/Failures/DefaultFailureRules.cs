using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Mayhem.Restarts;
using static Mayhem.Failures.FailureRule;

namespace Mayhem.Failures;

/// <summary>The rules in force where configuration says nothing.</summary>
public static class DefaultFailureRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FailureRule> All { get; } =
    [
        On<OutOfMemoryException>().StopProcess(),
        On<HostNotFoundException>().DeadLetter(),
        On<RestartDeniedException>().DeadLetter(reason: "Denied"),
        On<RestartRefusedException>().DeadLetter(),
        On<MalformedHostException>().DeadLetter(reason: "Poison"),
        On<UnauthorizedAccessException>().DeadLetter(),
        On<RestartThrottledException>().Throttle(RetryDelay.From(nameof(RestartThrottledException.RetryAfter), fallback: TimeSpan.FromSeconds(30)), maxAttempts: 10),
        On<RestartFailedException>(when: failure => failure.RetryAfter is not null, because: "the target names a delay")
            .Retry(RetryDelay.From(nameof(RestartFailedException.RetryAfter), fallback: TimeSpan.FromSeconds(30)), maxAttempts: 4),
        On<RestartFailedException>().Retry(Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 4),
        On<TimeoutException>().Retry(Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 5),
        On<OperationCanceledException>().Retry(Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 5),
        On<HttpRequestException>(when: failure => failure.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, because: "status 429 or 503")
            .Throttle(Exponential(firstSeconds: 5, capSeconds: 300), maxAttempts: 10),
        On<HttpRequestException>(
            when: failure => failure.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, because: "status 401, 403 or 404").DeadLetter(),
        On<HttpRequestException>().Retry(Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        On<SocketException>().Retry(Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        On<IOException>().Retry(Exponential(firstSeconds: 1, capSeconds: 60), maxAttempts: 5),
        On<IntentNotRecordedException>().Retry(Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 8),
        On<LedgerNotReadException>().Retry(Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 8),
        On<OutcomeNotRecordedException>().Retry(Exponential(firstSeconds: 2, capSeconds: 300), maxAttempts: 8),
        On<Exception>().Retry(Exponential(firstSeconds: 1, capSeconds: 30), maxAttempts: 3),
    ];

    private static RetryDelay Exponential(double firstSeconds, double capSeconds) =>
        RetryDelay.Exponential(TimeSpan.FromSeconds(firstSeconds), factor: 2, cap: TimeSpan.FromSeconds(capSeconds));
}
