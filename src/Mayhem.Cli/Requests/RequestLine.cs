using Mayhem.Messages;

namespace Mayhem.Cli.Requests;

/// <summary>What a line of a request file turned out to be.</summary>
internal abstract record RequestLine
{
    private RequestLine(int number) => Number = number;

    /// <summary>The line's number, from 1.</summary>
    public int Number { get; }

    /// <summary>The line is a request.</summary>
    public sealed record Accepted(int Line, RestartRequest Request, ReadOnlyMemory<byte> Body) : RequestLine(Line);

    /// <summary>The line is not a request; the error says why, in words for the user.</summary>
    public sealed record Rejected(int Line, string Error) : RequestLine(Line);
}
