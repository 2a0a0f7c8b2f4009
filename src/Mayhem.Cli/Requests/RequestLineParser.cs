using System.Buffers;
using System.Text;
using Mayhem.Messages;

namespace Mayhem.Cli.Requests;

/// <summary>Decides what a line of a request file is.</summary>
internal static class RequestLineParser
{
    /// <summary>The longest request in bytes: a message of Service Bus's standard tier has 256 KB, and its ids and headers need a little of it.</summary>
    public const int MaxLength = 255 * 1024;

    /// <summary>Judges one line; null for a blank one.</summary>
    public static RequestLine? Parse(Utf8Line line)
    {
        if (line.Content is not { } content)
            return new RequestLine.Rejected(line.Number, $"the line has {line.Length} bytes; at most {MaxLength} fit into a message");
        if (IsBlank(content))
            return null;
        if (InvalidByte(content) is { } position)
            return new RequestLine.Rejected(line.Number, $"byte {position + 1} of the line is not valid UTF-8");
        return RestartRequestParser.Parse(content) switch
        {
            ParseResult.Readable readable => new RequestLine.Accepted(line.Number, readable.Request, content),
            ParseResult.Unreadable unreadable => new RequestLine.Rejected(line.Number, InOneLine(unreadable.Error.TrimEnd('.'))),
            var other => throw new InvalidOperationException($"Unknown parse result {other}."),
        };
    }

    private static bool IsBlank(ReadOnlySpan<byte> content) => content.Trim(" \t\r"u8).IsEmpty;

    private static int? InvalidByte(ReadOnlySpan<byte> content)
    {
        for (var position = 0; position < content.Length;)
        {
            if (Rune.DecodeFromUtf8(content[position..], out _, out var consumed) != OperationStatus.Done)
                return position;
            position += consumed;
        }
        return null;
    }

    // An error may quote a name from the input.
    private static string InOneLine(string error) => Terminal.Printable(error).Replace('\n', '\uFFFD');
}
