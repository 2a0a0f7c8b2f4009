namespace Mayhem.Messages;

/// <summary>What a body turned out to be. An unreadable body is an answer, not an exception.</summary>
public abstract record ParseResult
{
    private ParseResult()
    {
    }

    /// <summary>The body is a restart request.</summary>
    public sealed record Readable(RestartRequest Request) : ParseResult;

    /// <summary>The body is not a restart request.</summary>
    /// <param name="Field">The field that is wrong; <c>body</c> if it is not even a JSON object.</param>
    /// <param name="Error">What is wrong with it, as a sentence that starts with the field's name.</param>
    public sealed record Unreadable(string Field, string Error) : ParseResult;
}
