using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;
using Mayhem.FrontDoor.Server;

namespace Mayhem.FrontDoor.Bench;

/// <summary>The bench of a broker that another process runs, through its front door.</summary>
public sealed class RemoteBench : IDeadLetterBench, IDisposable
{
    private readonly HttpClient http;

    /// <summary>A bench behind a door.</summary>
    /// <param name="door">Where it is.</param>
    /// <param name="token">Its token.</param>
    /// <param name="queue">The queue's name, for people.</param>
    public RemoteBench(Uri door, string token, string queue)
    {
        http = new HttpClient { BaseAddress = door, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add(DoorRules.TokenHeader, token);
        Queue = queue;
    }

    /// <inheritdoc />
    public string Queue { get; }

    /// <inheritdoc />
    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, long from, int size, CancellationToken cancellationToken) =>
        (await AskAsync("list", new BenchCall { Filter = filter, From = from, Size = size }, BenchJson.Default.DeadLetterPage, cancellationToken))!;

    /// <inheritdoc />
    public async Task<DeadLetterCensus> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        (await AskAsync("count", new BenchCall { Filter = filter }, BenchJson.Default.DeadLetterCensus, cancellationToken))!;

    /// <inheritdoc />
    public Task<DeadLetterDetails?> FindAsync(long sequenceNumber, CancellationToken cancellationToken) =>
        AskAsync("find", new BenchCall { SequenceNumber = sequenceNumber }, BenchJson.Default.DeadLetterDetails, cancellationToken);

    /// <inheritdoc />
    public Task<BenchOutcome> ReplayAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken) =>
        WorkAsync("replay", new BenchCall { Filter = filter, Order = order }, progress, cancellationToken);

    /// <inheritdoc />
    public Task<BenchOutcome> EditAsync(DeadLetterEdit edit, BenchOrder order, CancellationToken cancellationToken) =>
        WorkAsync("edit", new BenchCall { Edit = edit, Order = order }, progress: null, cancellationToken);

    /// <inheritdoc />
    public Task<BenchOutcome> DiscardAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken) =>
        WorkAsync("discard", new BenchCall { Filter = filter, Order = order }, progress, cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<MessageDocument> ExportAsync(DeadLetterFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync("export", Content(new BenchCall { Filter = filter }), cancellationToken))
        {
            if (line.End)
                yield break;
            if (line.Document is { } document)
                yield return document;
        }

        throw CutOff();
    }

    /// <inheritdoc />
    public async Task<BenchOutcome> ImportAsync(
        IAsyncEnumerable<MessageDocument> documents, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        using var body = new MemoryStream();
        body.Write(JsonSerializer.SerializeToUtf8Bytes(new BenchCall { Order = order }, BenchCallJson.Default.BenchCall));
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            body.WriteByte((byte)'\n');
            body.Write(document.ToJson());
        }

        return await OutcomeAsync("import", new ByteArrayContent(body.ToArray()), progress, cancellationToken);
    }

    /// <summary>How the run stands, as its JSON object.</summary>
    public async Task<JsonDocument> StatusAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, BenchEndpoints.Status), cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonDocument.ParseAsync(body, default, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<T?> AskAsync<T>(string operation, BenchCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, BenchEndpoints.Bench + operation) { Content = Content(call) }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
            return null;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
    }

    private Task<BenchOutcome> WorkAsync(string operation, BenchCall call, IProgress<BenchProgress>? progress, CancellationToken cancellationToken) =>
        OutcomeAsync(operation, Content(call), progress, cancellationToken);

    private async Task<BenchOutcome> OutcomeAsync(string operation, HttpContent content, IProgress<BenchProgress>? progress, CancellationToken cancellationToken)
    {
        var last = new BenchProgress(0, 0, 0);
        try
        {
            await foreach (var line in LinesAsync(operation, content, cancellationToken))
            {
                if (line.Error is { } error)
                    throw new BenchException(error);
                if (line.Outcome is { } outcome)
                    return outcome;
                if (line.Progress is not { } news)
                    continue;
                last = news;
                progress?.Report(news);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Hanging up is how the other side is told to stop; it finishes what it has begun.
            return new BenchOutcome { Run = "", Planned = last.Planned, Done = last.Done, Failed = last.Failed, NotReached = last.Planned - last.Done - last.Failed, Cancelled = true };
        }

        throw CutOff();
    }

    private async IAsyncEnumerable<BenchLine> LinesAsync(string operation, HttpContent content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, BenchEndpoints.Bench + operation) { Content = content }, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await ReadLineAsync(reader, cancellationToken) is { Length: > 0 } line)
            yield return JsonSerializer.Deserialize(line, BenchCallJson.Default.BenchLine)!;
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is HttpIOException or IOException)
        {
            throw CutOff();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
            catch (HttpRequestException unreachable)
            {
                throw new BenchException($"The run does not answer at {http.BaseAddress}: {unreachable.Message}", unreachable);
            }

            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw new BenchException(await DetailOfAsync(response, cancellationToken));
        }
    }

    private static async Task<string> DetailOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var (start, end) = (text.IndexOf("<Detail>", StringComparison.Ordinal), text.IndexOf("</Detail>", StringComparison.Ordinal));
        return start < 0 || end < start ? $"The run answers with {(int)response.StatusCode}." : WebUtility.HtmlDecode(text[(start + "<Detail>".Length)..end]);
    }

    private static ByteArrayContent Content(BenchCall call)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call, BenchCallJson.Default.BenchCall));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static BenchException CutOff() => new("The run ended before its answer did. What was begun is done or not begun; look again.");
}
