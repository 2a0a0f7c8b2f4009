using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.FrontDoor.Tests;

/// <summary>A front door before an embedded broker, and somebody outside.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposed of in DisposeAsync, which xunit calls.")]
public abstract class FrontDoorUnderTest : IAsyncLifetime
{
    protected const string Queue = "restarts";
    protected const string SessionQueue = "ordered";

    private readonly TemporaryFolder folder = new();
    private EmbeddedBroker broker = null!;

    protected FrontDoorServer Door { get; private set; } = null!;

    protected HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    protected EmbeddedServiceBusClient Client { get; private set; } = null!;

    protected BrokerQueue Broker => broker.Queue(Queue);

    public async Task InitializeAsync()
    {
        broker = await EmbeddedBroker.OpenAsync(new EmbeddedBrokerOptions
        {
            Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal)
            {
                [Queue] = new() { DuplicateDetectionWindow = TimeSpan.FromMinutes(10), MaxMessageBytes = 4096 },
                [SessionQueue] = new() { RequiresSession = true },
            },
        }, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        Client = new EmbeddedServiceBusClient(broker);
        Door = await FrontDoorServer.StartAsync(
            new FrontDoorSources
            {
                FindQueue = broker.Find,
                Bench = new DeadLetterBench(
                    Client, Queue, new OperatorAuditFile(folder["operators.jsonl"], TimeProvider.System), TimeProvider.System, new DeadLetterBenchOptions { ReceiveWait = TimeSpan.FromMilliseconds(50) }),
                WriteStatus = WriteStatus,
            },
            port: 0,
            NullLoggerProvider.Instance,
            CancellationToken.None);
        Http.BaseAddress = Door.Url;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Door.DisposeAsync();
        await Client.DisposeAsync();
        await broker.DisposeAsync();
        folder.Dispose();
    }

    protected Task<HttpResponseMessage> SendAsync(string body, string? brokerProperties = null, string queue = Queue, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/{queue}/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (brokerProperties is not null)
            request.Headers.TryAddWithoutValidation("BrokerProperties", brokerProperties);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    protected Task<HttpResponseMessage> CallAsync(HttpMethod method, string path) => Http.SendAsync(new HttpRequestMessage(method, path));

    protected static JsonElement BrokerProperties(HttpResponseMessage response) => JsonDocument.Parse(response.Headers.GetValues("BrokerProperties").Single()).RootElement;

    protected static async Task RefusedAsync(HttpStatusCode status, string words, Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith($"<Error><Code>{(int)status}</Code><Detail>", text, StringComparison.Ordinal);
        Assert.Contains(words, WebUtility.HtmlDecode(text), StringComparison.Ordinal);
    }

    private static void WriteStatus(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("running", true);
        writer.WriteEndObject();
    }
}
