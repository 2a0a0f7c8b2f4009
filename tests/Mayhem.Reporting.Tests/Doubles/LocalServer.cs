using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mayhem.Reporting.Tests.Doubles;

/// <summary>A server on this machine that does with each connection what the test says.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();

    public LocalServer(Func<Stream, CancellationToken, Task> serve)
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Task.Run(() => ServeAsync(serve));
    }

    public int Port { get; }

    /// <summary>Takes e-mail, and gives each to the test as it came over the wire.</summary>
    public static LocalServer Smtp(Action<string> mail, string answerToRecipient = "250 OK") => new(async (stream, closing) =>
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 local");
        while (await reader.ReadLineAsync(closing) is { } line)
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync(answerToRecipient);
            }
            else if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(closing) is { } content && content != ".")
                    text.AppendLine(content);
                mail(text.ToString());
                await writer.WriteLineAsync("250 taken");
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 OK");
            }
        }
    });

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        closing.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> serve)
    {
        var token = closing.Token;
        while (!token.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(token);
                await serve(client.GetStream(), token);
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client, or the test, has gone.
                continue;
            }
        }
    }
}
