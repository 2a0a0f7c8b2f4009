using System.Globalization;
using System.Net.Http;
using System.Text.Json;

namespace Mayhem.Targets.Health;

/// <summary>What one look at a host has shown.</summary>
/// <param name="Fault">Why it is not well; null if it is.</param>
/// <param name="BootedAt">When it booted; null if it does not tell.</param>
internal sealed record HealthAnswer(string? Fault, DateTimeOffset? BootedAt = null)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Looks once.</summary>
    public static async Task<HealthAnswer> AskAsync(HttpClient http, Uri url, string? bootTimeProperty, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return new HealthAnswer(string.Create(CultureInfo.InvariantCulture, $"{url} answers with status {(int)answer.StatusCode}"));
            if (bootTimeProperty is null)
                return new HealthAnswer(Fault: null);
            await answer.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return OfBody(url, await answer.Content.ReadAsByteArrayAsync(cancellationToken), bootTimeProperty);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HealthAnswer($"{url} does not answer: {failure.Message}");
        }
    }

    private static HealthAnswer OfBody(Uri url, byte[] body, string property)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(property, out var value) && Time(value) is { } bootedAt)
                return new HealthAnswer(Fault: null, bootedAt);
            return new HealthAnswer($"{url} tells no time as '{property}'");
        }
        catch (JsonException)
        {
            return new HealthAnswer($"{url} does not answer with JSON");
        }
    }

    private static DateTimeOffset? Time(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => time,
        JsonValueKind.Number when value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300800 => DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        _ => null,
    };
}
