using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mayhem.Targets.Tests.Doubles;

/// <summary>A web server on this machine that answers as a test tells it, or cuts the connection. Real sockets, kept alive between requests.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<Task> connections = new();
    private readonly Task accepting;

    public LoopbackServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Answers a request; null cuts the connection without an answer.</summary>
    public Func<Asked, Reply?> Answer { get; set; } = _ => new Reply(500);

    public int Count(string method) => Requests.Count(request => request.Method == method);

    public async ValueTask DisposeAsync()
    {
        if (ending.IsCancellationRequested)
            return;
        await ending.CancelAsync();
        listener.Stop();
        await Task.WhenAll(connections.Append(accepting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            connections.Enqueue(ServeAsync(await listener.AcceptTcpClientAsync(ending.Token)));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        await using (var stream = client.GetStream())
        {
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await ReadAsync(reader) is { } request)
            {
                Requests.Enqueue(request);
                if (Answer(request) is not { } reply)
                    return;
                await stream.WriteAsync(reply.ToBytes(), ending.Token);
            }
        }
    }

    private async Task<Asked?> ReadAsync(StreamReader reader)
    {
        if ((await reader.ReadLineAsync(ending.Token))?.Split(' ') is not [var method, var path, _])
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(ending.Token) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var size = headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0;
        return new Asked(method, path, headers, size == 0 ? "" : await ReadExactlyAsync(reader, size));
    }

    // Reading nothing would wait for more.
    private async Task<string> ReadExactlyAsync(StreamReader reader, int size)
    {
        var text = new char[size];
        await reader.ReadBlockAsync(text, ending.Token);
        return new string(text);
    }
}

/// <summary>A request as the server got it.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An answer.</summary>
internal sealed record Reply(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    public byte[] ToBytes()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Told\r\nContent-Length: {Body.Length}\r\n"));
        if (Body.Length > 0)
            text.Append("Content-Type: application/json\r\n");
        foreach (var (name, value) in Headers)
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").Append(Body).ToString());
    }
}
