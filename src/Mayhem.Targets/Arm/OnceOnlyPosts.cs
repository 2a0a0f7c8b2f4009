using Azure.Core;
using Azure.Core.Pipeline;
using Mayhem.Targets.Operations;

namespace Mayhem.Targets.Arm;

/// <summary>
/// Never repeats a POST: a second one would be a second restart. Reads are repeated, but not when the server names a time to come back at:
/// the SDK would wait for it out of sight, and whoever asked knows better what to do meanwhile.
/// </summary>
internal sealed class RetryReadsOnly(TimeSpan delay) : RetryPolicy(maxRetries: 3, DelayStrategy.CreateExponentialDelayStrategy(delay, MostDelay))
{
    private const int TooManyRequests = 429;

    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(8);

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => MayRepeat(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        MayRepeat(message) ? base.ShouldRetryAsync(message, exception) : ValueTask.FromResult(false);

    private static bool MayRepeat(HttpMessage message) => message.Request.Method == RequestMethod.Get
        && !(message.HasResponse && (message.Response.Status == TooManyRequests || message.Response.Headers.Contains(RetryAfter.Header)));
}

/// <summary>
/// Gives every POST a body, if an empty one. Without one, the runtime's own HTTP handler sends a request again when a kept-alive connection
/// ends before an answer has come, though the server may have acted upon it.
/// </summary>
internal sealed class BodyForPosts : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Post)
            message.Request.Content ??= RequestContent.Create(Array.Empty<byte>());
    }
}
