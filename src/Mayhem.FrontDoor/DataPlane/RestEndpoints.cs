using System.Globalization;
using System.Text;
using System.Text.Json;
using Mayhem.Local.Broker;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Mayhem.FrontDoor.DataPlane;

/// <summary>The data plane of Service Bus's REST API: send, receive with or without a lock, renew, unlock, complete.</summary>
internal sealed class RestEndpoints(Func<string, BrokerQueue?> findQueue, CancellationToken ending)
{
    private const string BatchType = "application/vnd.microsoft.servicebus.json";
    private const int DefaultTimeoutSeconds = 60;

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var path = RestPath.Parse(context.Request.Path.Value ?? "") ?? throw new RestException(
                StatusCodes.Status404NotFound, "There is nothing here. The paths are /{queue}/messages, /{queue}/messages/head and /{queue}/messages/{id or sequence number}/{lock token}.");
            var queue = findQueue(path.Queue) ?? throw new RestException(StatusCodes.Status410Gone, $"There is no queue '{path.Queue}'.");
            await AnswerAsync(context, path, queue);
        }
        catch (RestException refused)
        {
            await RestError.WriteAsync(context, refused.Status, refused.Message);
        }
        catch (BrokerException refused)
        {
            await RestError.WriteAsync(context, StatusOf(refused.Failure), refused.Message);
        }
        catch (ArgumentException wrong)
        {
            await RestError.WriteAsync(context, StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !context.Response.HasStarted)
        {
            await RestError.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The broker is being closed.");
        }
    }

    private Task AnswerAsync(HttpContext context, RestPath path, BrokerQueue queue) => (path.Target, context.Request.Method) switch
    {
        (RestTarget.Messages, "POST") when path.SubQueue == SubQueue.None => SendAsync(context, queue),
        (RestTarget.Head, "POST") => ReceiveAsync(context, path, queue, ReceiveMode.PeekLock),
        (RestTarget.Head, "DELETE") => ReceiveAsync(context, path, queue, ReceiveMode.ReceiveAndDelete),
        (RestTarget.Locked, "POST") => SettleAsync(context, () => queue.RenewAsync(path.LockToken, CancellationToken.None)),
        (RestTarget.Locked, "PUT") => SettleAsync(context, () => queue.AbandonAsync(path.LockToken, MessageContent.NoProperties, CancellationToken.None)),
        (RestTarget.Locked, "DELETE") => SettleAsync(context, () => queue.CompleteAsync(path.LockToken, CancellationToken.None)),
        _ => throw new RestException(StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} means nothing here."),
    };

    private static async Task SendAsync(HttpContext context, BrokerQueue queue)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        if (context.Request.ContentType?.StartsWith(BatchType, StringComparison.OrdinalIgnoreCase) == true)
        {
            await queue.SendAsync(Batch(body), CancellationToken.None);
        }
        else
        {
            var header = context.Request.Headers[BrokerProperties.Header].ToString();
            await queue.SendAsync(BrokerProperties.Read(header, body, context.Request.ContentType, CustomProperties.Read(context.Request.Headers)), CancellationToken.None);
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static List<MessageContent> Batch(byte[] body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            if (parsed.RootElement.ValueKind != JsonValueKind.Array || parsed.RootElement.GetArrayLength() == 0)
                throw new RestException(StatusCodes.Status400BadRequest, "A batch is an array of at least one message.");
            return [.. parsed.RootElement.EnumerateArray().Select(OfBatch)];
        }
        catch (JsonException wrong)
        {
            throw new RestException(StatusCodes.Status400BadRequest, $"The batch is not JSON: {wrong.Message}");
        }
    }

    private static MessageContent OfBatch(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("Body", out var body) || body.ValueKind != JsonValueKind.String)
            throw new RestException(StatusCodes.Status400BadRequest, "Each message of a batch is an object with the text \"Body\".");
        var broker = message.TryGetProperty(BrokerProperties.Header, out var given) ? given.GetRawText() : null;
        var properties = message.TryGetProperty("UserProperties", out var users) ? CustomProperties.Read(users) : MessageContent.NoProperties;
        return BrokerProperties.Read(broker, Encoding.UTF8.GetBytes(body.GetString()!), contentType: null, properties);
    }

    private async Task ReceiveAsync(HttpContext context, RestPath path, BrokerQueue queue, ReceiveMode mode)
    {
        var timeout = Timeout(context.Request.Query["timeout"].ToString());
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var received = await queue.ReceiveAsync(path.SubQueue, 1, mode, timeout, giveUp.Token);
        if (received is not [var message, ..])
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.StatusCode = mode == ReceiveMode.PeekLock ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        context.Response.Headers[BrokerProperties.Header] = BrokerProperties.Write(message);
        if (message.Content.ContentType is { Length: > 0 } type && type.All(char.IsAscii) && !type.Any(char.IsControl))
            context.Response.ContentType = type;
        if (mode == ReceiveMode.PeekLock)
            context.Response.Headers.Location = LocationOf(context.Request, message);
        CustomProperties.Write(message.Properties, context.Response.Headers);
        await context.Response.Body.WriteAsync(message.Content.Body, context.RequestAborted);
    }

    private static string LocationOf(HttpRequest request, BrokeredMessage message)
    {
        var head = UriHelper.BuildAbsolute(request.Scheme, request.Host, path: request.Path);
        return string.Create(CultureInfo.InvariantCulture, $"{head[..head.LastIndexOf('/')]}/{message.SequenceNumber}/{message.LockToken}");
    }

    private static async Task SettleAsync(HttpContext context, Func<Task> settle)
    {
        await settle();
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static TimeSpan Timeout(string text)
    {
        if (text.Length == 0)
            return TimeSpan.FromSeconds(DefaultTimeoutSeconds);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new RestException(StatusCodes.Status400BadRequest, $"timeout={text}: it must be a number of seconds, 0 to 3600.");
    }

    private static int StatusOf(BrokerFailure failure) => failure switch
    {
        BrokerFailure.QueueNotFound => StatusCodes.Status410Gone,
        BrokerFailure.MessageNotFound or BrokerFailure.MessageLockLost or BrokerFailure.SessionLockLost => StatusCodes.Status404NotFound,
        BrokerFailure.MessageSizeExceeded => StatusCodes.Status403Forbidden,
        BrokerFailure.Closed => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
