using System.Text.Json;
using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.Requests;
using Mayhem.Cli.RunDoor;
using Mayhem.Cli.Up;
using Mayhem.Cli.Up.Load;
using Mayhem.Messages;

namespace Mayhem.Cli.SendCommand;

/// <summary>Carries out <c>mayhem send</c>.</summary>
internal sealed class SendRun(Place place, TimeProvider clock)
{
    /// <summary>Sends what was asked for.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot be sent.</exception>
    public async Task<int> RunAsync(SendOptions options)
    {
        if (options.Error() is { } error)
            throw new UsageException(error);
        using var signals = new StopSignals(Environment.Exit);
        using var source = options.File is { } path ? RequestSource.Open(path, "--file") : null;
        var only = source is null ? RequestOf(options) : null;
        try
        {
            await using var queue = await OpenQueue.OpenAsync(place, clock, signals.Requested);
            var publisher = new Publisher(queue.Sender, queue.Sessions);
            var rejected = 0L;
            if (only is not null)
            {
                await publisher.PublishAsync(new[] { only }.ToAsyncEnumerable(), signals.Requested);
            }
            else
            {
                var file = new RequestsOfFile(source!, Console.Error.WriteLine);
                await publisher.PublishAsync(file.ReadAsync(new Pacer(options.Rate, clock), signals.Requested), signals.Requested);
                rejected = file.Rejected;
            }

            Tell(options, only, publisher.Published, rejected, queue);
            if (signals.Requested.IsCancellationRequested)
                return ExitCodes.Interrupted;
            return rejected > 0 ? ExitCodes.Usage : ExitCodes.Success;
        }
        catch (Exception refused) when (QueueInAzure.IsRefusal(refused))
        {
            throw new UsageException(refused.Message, refused);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static void Tell(SendOptions options, OutgoingRequest? only, long sent, long rejected, OpenQueue queue)
    {
        if (options.Json)
        {
            Console.Out.WriteLine(only is null
                ? $$"""{"sent":{{sent}},"rejected":{{rejected}}}"""
                : $$"""{"sent":{{sent}},"rejected":{{rejected}},"requestId":{{JsonSerializer.Serialize(only.RequestId)}}}""");
            return;
        }

        var what = only is null ? $"{sent} requests" : $"Request {only.RequestId}";
        Console.Out.WriteLine(queue.Local is null ? $"{what} sent to {queue.Name}." : $"{what} queued in {queue.Name}; nothing runs: mayhem up --drain");
    }

    private static OutgoingRequest RequestOf(SendOptions options)
    {
        using var buffer = new MemoryStream();
        var id = options.RequestId ?? Guid.NewGuid().ToString("N");
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", RestartRequestParser.Version);
            writer.WriteString("requestId", id);
            writer.WriteString("host", options.Host);
            writer.WriteString("requester", options.Requester);
            foreach (var (name, value) in new[] { ("group", options.Group), ("reason", options.Reason), ("notAfter", options.NotAfter) })
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        var body = buffer.ToArray();
        return RestartRequestParser.Parse(body) switch
        {
            ParseResult.Unreadable unreadable => throw new UsageException($"That is no request: {unreadable.Error.TrimEnd('.')}"),
            _ => new OutgoingRequest(id, id, body, options.Host!, IsRepeat: false),
        };
    }
}
