using System.Buffers;
using System.Runtime.CompilerServices;

namespace Mayhem.Cli.Requests;

/// <summary>
/// Cuts a stream into lines as the bytes arrive. Ends of line are LF and CRLF; a byte-order mark is dropped; the last line needs no end.
/// Memory stays bounded: of a line longer than the limit only the length is kept.
/// </summary>
internal sealed class Utf8LineReader(Stream stream, int maxLineLength)
{
    private const int ChunkSize = 64 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] chunk = new byte[ChunkSize];
    private readonly ArrayBufferWriter<byte> line = new(4096);
    private long length;
    private int number;

    /// <summary>Reads to the end of the stream. A line is handed out as soon as its end has arrived.</summary>
    public async IAsyncEnumerable<Utf8Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A read from a terminal or a pipe does not obey a token: it is left behind.
        while (await stream.ReadAsync(chunk, cancellationToken).AsTask().WaitAsync(cancellationToken) is > 0 and var read)
        {
            for (var start = 0; start < read;)
            {
                var end = chunk.AsSpan(start, read - start).IndexOf((byte)'\n');
                Append(chunk.AsSpan(start, end < 0 ? read - start : end));
                start += end < 0 ? read - start : end + 1;
                if (end >= 0)
                    yield return TakeLine();
            }
        }
        if (length > 0)
            yield return TakeLine();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        length += bytes.Length;
        var room = maxLineLength + ByteOrderMark.Length + 1 - line.WrittenCount;
        line.Write(bytes[..Math.Min(bytes.Length, room)]);
    }

    private Utf8Line TakeLine()
    {
        number++;
        var kept = line.WrittenSpan;
        var whole = kept.Length == length;
        var mark = number == 1 && kept.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var end = whole && kept[mark..] is [.., (byte)'\r'] ? 1 : 0;
        var trueLength = length - mark - end;
        var taken = new Utf8Line(number, trueLength, whole && trueLength <= maxLineLength ? kept[mark..^end].ToArray() : null);
        line.ResetWrittenCount();
        length = 0;
        return taken;
    }
}
