using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Identity;
using Mayhem.Restarts;
using Mayhem.Targets.Health;
using Mayhem.Targets.Inventory;
using Mayhem.Targets.Operations;
using Microsoft.Extensions.Logging;

namespace Mayhem.Targets.Webhooks;

/// <summary>
/// Asks a web server to restart hosts. Every try of one attempt carries the same idempotency key, so that the server can tell a repetition from a new order.
/// </summary>
/// <param name="entry">The part of the inventory that the hosts are in, with its <see cref="InventoryEntry.Webhook"/>.</param>
/// <param name="http">Sends requests.</param>
/// <param name="authorization">Shows the server who asks.</param>
/// <param name="verification">Looks at the host after the server calls the restart done.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Hears of restarts that were accepted.</param>
internal sealed class WebhookTarget(
    InventoryEntry entry, HttpClient http, WebhookAuthorization authorization, HostVerification verification, TimeProvider timeProvider, ILogger logger) : IRestartTarget
{
    private const string Done = "done:";

    private readonly WebhookSettings settings = entry.Webhook!;
    private readonly OperationWatch watch = new(entry.Times.PollInterval, timeProvider);

    /// <summary>The key of an order: the request's id, percent-encoded, and the attempt.</summary>
    public static string IdempotencyKey(RestartOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(order.Request.RequestId)}:{order.Attempt}");

    /// <inheritdoc />
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        var host = order.Request.Host;
        var url = entry.ExpandUrl(settings.Url, host);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(WebhookOrder.Of(order, entry.Group), WebhookJson.Default.WebhookOrder));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", IdempotencyKey(order));
        await AuthorizeAsync(request, host, cancellationToken);
        using var answer = await SendAsync(request, host, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw Failure(host, answer);
        var operation = StatusUrl(url, answer)?.AbsoluteUri ?? Done + IdempotencyKey(order);
        Log.RestartAccepted(logger, host, order.Request.RequestId, operation.Split('?')[0], "");
        return new IssuedRestart(operation);
    }

    /// <inheritdoc />
    public async Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken)
    {
        var host = order.Request.Host;
        if (!issued.Operation.StartsWith(Done, StringComparison.Ordinal) && Uri.TryCreate(issued.Operation, UriKind.Absolute, out var url))
            await watch.UntilEndAsync(host, token => AskAsync(url, host, token), entry.Times.TimeLimit, cancellationToken);
        await verification.UntilBackAsync(host, order.IntentAt, cancellationToken);
    }

    /// <summary>Null: the order is sent again under the same key, and the server, which alone knows, does not act twice.</summary>
    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string host, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var limit = timeProvider.CreateTimer(_ => limited.Cancel(), null, settings.AnswerLimit, Timeout.InfiniteTimeSpan);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token);
        }
        catch (HttpRequestException failure)
        {
            throw new AmbiguousRestartException($"The webhook's answer about '{host}' did not arrive: {failure.Message}", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AmbiguousRestartException($"The webhook did not answer about '{host}' within {settings.AnswerLimit}.", late);
        }
    }

    private async Task<OperationAnswer> AskAsync(Uri url, string host, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var limit = timeProvider.CreateTimer(_ => limited.Cancel(), null, settings.AnswerLimit, Timeout.InfiniteTimeSpan);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (IsSameServer(url, entry.ExpandUrl(settings.Url, host)))
            await AuthorizeAsync(request, host, limited.Token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limited.Token);
        return new OperationAnswer(OperationStatus.Of((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limited.Token)), RetryAfterOf(answer));
    }

    private async Task AuthorizeAsync(HttpRequestMessage request, string host, CancellationToken cancellationToken)
    {
        try
        {
            if (await authorization.HeaderAsync(cancellationToken) is { } authorizationHeader)
                request.Headers.TryAddWithoutValidation("Authorization", authorizationHeader);
        }
        catch (AuthenticationFailedException failure)
        {
            throw new RestartFailedException($"There is no token to ask the webhook about '{host}' with, so it was not asked: {failure.Message}", failure);
        }
    }

    // Only 202 has one that matters: another 2xx means done.
    private static Uri? StatusUrl(Uri asked, HttpResponseMessage answer)
    {
        if (answer.StatusCode != System.Net.HttpStatusCode.Accepted)
            return null;
        var text = answer.Headers.TryGetValues("Operation-Location", out var values) ? values.First() : answer.Headers.Location?.OriginalString;
        return Uri.TryCreate(asked, text, out var url) && url.Scheme is "https" or "http" ? url : null;
    }

    // Whoever else a status URL names must not learn who we are.
    private static bool IsSameServer(Uri one, Uri other) => one.GetLeftPart(UriPartial.Authority) == other.GetLeftPart(UriPartial.Authority);

    private Exception Failure(string host, HttpResponseMessage answer)
    {
        var (status, retryAfter) = ((int)answer.StatusCode, RetryAfterOf(answer));
        var reason = string.Create(CultureInfo.InvariantCulture, $"The webhook answers a request to restart '{host}' with status {status}.");
        return IssueSignals.Of(status, code: null, reason) switch
        {
            IssueSignal.NotFound => new HostNotFoundException(host),
            IssueSignal.Refused => new RestartRefusedException(reason),
            IssueSignal.Throttled => new RestartThrottledException(reason, retryAfter ?? entry.Times.ThrottledDelay),
            IssueSignal.Conflict => new RestartFailedException(reason) { RetryAfter = retryAfter },
            _ => new AmbiguousRestartException(reason) { RetryAfter = retryAfter },
        };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(RetryAfter.Header, out var values) ? RetryAfter.Parse(values.First(), timeProvider.GetUtcNow()) : null;
}
