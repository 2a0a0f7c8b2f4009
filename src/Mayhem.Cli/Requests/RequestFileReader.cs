using System.Runtime.CompilerServices;

namespace Mayhem.Cli.Requests;

/// <summary>Reads restart requests from a stream of JSON lines. A line that is not a request does not stop the ones after it.</summary>
internal static class RequestFileReader
{
    /// <summary>Hands out every line that is not blank, as soon as it has arrived.</summary>
    public static async IAsyncEnumerable<RequestLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in new Utf8LineReader(stream, RequestLineParser.MaxLength).ReadAsync(cancellationToken))
        {
            if (RequestLineParser.Parse(line) is { } parsed)
                yield return parsed;
        }
    }
}
