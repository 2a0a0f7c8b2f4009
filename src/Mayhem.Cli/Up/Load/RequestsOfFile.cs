using System.Runtime.CompilerServices;
using Mayhem.Cli.Requests;

namespace Mayhem.Cli.Up.Load;

/// <summary>The requests of a file or of standard input at a pace. Lines that are no requests are reported and passed over.</summary>
/// <param name="source">Where the lines come from.</param>
/// <param name="reject">Reports a line that is not a request, in one line of text.</param>
internal sealed class RequestsOfFile(RequestSource source, Action<string> reject)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private long rejected;

    /// <summary>How many lines were not requests.</summary>
    public long Rejected => Interlocked.Read(ref rejected);

    /// <summary>Reads to the end.</summary>
    /// <exception cref="UsageException">The source cannot be read any further.</exception>
    public async IAsyncEnumerable<OutgoingRequest> ReadAsync(Pacer pacer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in RequestFileReader.ReadAsync(source.Stream, cancellationToken))
        {
            if (line is RequestLine.Rejected wrong)
            {
                Interlocked.Increment(ref rejected);
                reject($"{source.Name}:{wrong.Number}: {wrong.Error}");
            }
            else if (line is RequestLine.Accepted good)
            {
                await pacer.WaitAsync(cancellationToken);
                var id = good.Request.RequestId;
                yield return new OutgoingRequest(id, id, good.Body, good.Request.Host, IsRepeat: !seen.Add(id));
            }
        }
    }
}
