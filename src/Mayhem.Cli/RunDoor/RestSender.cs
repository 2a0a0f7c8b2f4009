using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace Mayhem.Cli.RunDoor;

/// <summary>The SDK's sender over the REST API of a running broker: as much of it as a publisher of requests needs.</summary>
internal sealed class RestSender(Uri door, string queue) : ServiceBusSender
{
    private readonly HttpClient http = new() { BaseAddress = door, Timeout = TimeSpan.FromSeconds(60) };

    public override string EntityPath => queue;

    public override string FullyQualifiedNamespace => door.Authority;

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => SendMessagesAsync([message], cancellationToken);

    public override async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent(Batch(messages));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.servicebus.json");
        using var response = await PostAsync(content, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new UsageException($"The run does not take it: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default)
    {
        http.Dispose();
        return Task.CompletedTask;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await http.PostAsync(new Uri($"/{Uri.EscapeDataString(queue)}/messages", UriKind.Relative), content, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new UsageException($"The run does not answer at {door}: {unreachable.Message}", unreachable);
        }
    }

    private static byte[] Batch(IEnumerable<ServiceBusMessage> messages)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var message in messages)
            {
                writer.WriteStartObject();
                writer.WriteString("Body", Encoding.UTF8.GetString(message.Body.ToMemory().Span));
                writer.WriteStartObject("BrokerProperties");
                Write(writer, "MessageId", message.MessageId);
                Write(writer, "CorrelationId", message.CorrelationId);
                Write(writer, "SessionId", message.SessionId);
                Write(writer, "Label", message.Subject);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
