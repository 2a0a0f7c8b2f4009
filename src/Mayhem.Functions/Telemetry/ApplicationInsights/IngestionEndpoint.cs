using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Sinks;
using Serializer = Microsoft.ApplicationInsights.Extensibility.Implementation.JsonSerializer;

namespace Mayhem.Functions.Telemetry.ApplicationInsights;

/// <summary>
/// Where Application Insights takes telemetry in. Asked directly, and not by the SDK's channel: that samples, keeps what fails to itself, and tells nobody.
/// Nor by the SDK's <c>Transmission</c>: it takes a token from an internal property alone, and our component takes nothing without one.
/// </summary>
/// <param name="ingestion">The endpoint of the connection string.</param>
/// <param name="credential">The identity to authenticate with; null if the instrumentation key is enough.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class IngestionEndpoint(Uri ingestion, TokenCredential? credential, TimeProvider timeProvider) : IDisposable
{
    // Two slashes: the first belongs to the audience.
    private static readonly TokenRequestContext Scope = new(["https://monitor.azure.com//.default"]);

    private readonly Uri track = new(ingestion, credential is null ? "v2/track" : "v2.1/track");

    // Without a propagator the client makes no telemetry of its own: every report would come with a dependency. The outlet's time limit counts.
    private readonly HttpClient client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends one item, compressed and serialised by the SDK.</summary>
    /// <exception cref="ReportNotSentException">It was not taken.</exception>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    public async Task PostAsync(byte[] item, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, track) { Content = new ByteArrayContent(item) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Serializer.ContentType);
        request.Content.Headers.ContentEncoding.Add(Serializer.CompressionType);
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await credential.GetTokenAsync(Scope, cancellationToken)).Token);
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.PartialContent)
            ThrowUnlessAccepted(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        else if (response.StatusCode != HttpStatusCode.OK)
            throw HttpReplies.Failure(response, timeProvider.GetUtcNow());
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private static void ThrowUnlessAccepted(byte[] answer)
    {
        var result = Read(answer);
        if (result is { ItemsAccepted: > 0 })
            return;
        var error = result?.Errors is [var first, ..] ? first : null;
        throw new ReportNotSentException($"The answer was 206, and the item was not accepted: {error?.StatusCode.ToString() ?? "no status"} {error?.Message}")
        {
            Refused = error is not null && HttpReplies.IsRefusal((HttpStatusCode)error.StatusCode),
        };
    }

    private static IngestionResult? Read(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, IngestionJson.Default.IngestionResult);
        }
        catch (JsonException error)
        {
            throw new ReportNotSentException("The answer was 206, and does not say what was accepted.", error);
        }
    }
}

/// <summary>What the endpoint says of a batch of which it did not take everything.</summary>
internal sealed record IngestionResult(int ItemsReceived, int ItemsAccepted, IReadOnlyList<IngestionError>? Errors);

/// <summary>Why it did not take an item.</summary>
internal sealed record IngestionError(int Index, int StatusCode, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IngestionResult))]
internal sealed partial class IngestionJson : JsonSerializerContext;
