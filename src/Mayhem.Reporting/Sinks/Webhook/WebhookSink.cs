using System.Net.Http.Headers;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks.Webhook;

/// <summary>
/// Posts each report as JSON, by the published schema. The header <c>Idempotency-Key</c> holds its id: one that comes twice, because the first answer was
/// lost, can be told by it. Redirections are not followed, for headers may hold secrets.
/// </summary>
public sealed class WebhookSink : IReportSink, IDisposable
{
    private readonly Uri url;
    private readonly IReadOnlyList<(string Name, string Value)> headers;
    private readonly TimeProvider timeProvider;

    // The outlet's time limit counts, and not the client's.
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Posts by these options, which are valid and on.</summary>
    public WebhookSink(WebhookOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        url = new Uri(options.Url!, UriKind.Absolute);
        headers = options.ParsedHeaders();
        this.timeProvider = timeProvider;
    }

    /// <inheritdoc />
    public string Name => "webhook";

    /// <inheritdoc />
    public async Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(ReportJson.Write(report)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", report.Id);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw HttpReplies.Failure(response, timeProvider.GetUtcNow());
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
