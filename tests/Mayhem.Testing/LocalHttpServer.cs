using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mayhem.Testing;

/// <summary>A request that reached a <see cref="LocalHttpServer"/>.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Path">The path, without the server.</param>
/// <param name="Headers">The headers, by name.</param>
/// <param name="Body">The bytes as they came.</param>
public sealed record LocalHttpRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text, unpacked if it is compressed.</summary>
    public string Text()
    {
        if (!string.Equals(Headers.GetValueOrDefault("Content-Encoding"), "gzip", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetString(Body);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>What a <see cref="LocalHttpServer"/> answers.</summary>
/// <param name="Status">The status code; 0 never answers.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">The header Retry-After; null for none.</param>
public sealed record LocalHttpAnswer(int Status, string Body = "", string? RetryAfter = null)
{
    /// <summary>Takes the request and never answers.</summary>
    public static LocalHttpAnswer Hang { get; } = new(0);
}

/// <summary>A web server on this machine that answers as a test says, and keeps what it answered with 200.</summary>
public sealed class LocalHttpServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly ConcurrentBag<HttpListenerContext> hanging = [];

    /// <summary>Starts at a free port, or at one that was free before.</summary>
    public LocalHttpServer(int? port = null)
    {
        Port = port ?? FreePort();
        listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{Port}/" } };
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Where it is, with a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>What it answers; 200 by default.</summary>
    public Func<LocalHttpRequest, LocalHttpAnswer> Answer { get; set; } = _ => new LocalHttpAnswer(200);

    /// <summary>Every request that came, in order.</summary>
    public ConcurrentQueue<LocalHttpRequest> Requests { get; } = new();

    /// <summary>The requests that were answered with 200, in order.</summary>
    public ConcurrentQueue<LocalHttpRequest> Accepted { get; } = new();

    /// <summary>A port that nobody listens at just now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Refuses connections from now on.</summary>
    public void Dispose()
    {
        foreach (var context in hanging)
            context.Response.Abort();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                await HandleAsync(context);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // The client, or the test, has gone.
                continue;
            }
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.OfType<string>()
            .ToDictionary(name => name, name => context.Request.Headers[name] ?? "", StringComparer.OrdinalIgnoreCase);
        var request = new LocalHttpRequest(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, headers, body.ToArray());
        Requests.Enqueue(request);
        var answer = Answer(request);
        if (answer.Status == 0)
        {
            hanging.Add(context);
            return;
        }

        if (answer.Status == 200)
            Accepted.Enqueue(request);
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait)
            context.Response.Headers["Retry-After"] = wait;
        context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: false);
    }
}
