namespace Mayhem.Recovery;

/// <summary>Texts of limited length, as the broker and readers want them.</summary>
internal static class BoundedText
{
    /// <summary>The text, cut with an ellipsis if it is longer; never inside a surrogate pair, which the broker would refuse.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The longest result in characters, 2 or more.</param>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }

    /// <summary>The end of a text that is longer than it, never from inside a surrogate pair.</summary>
    public static string Tail(string text, int length) => text[(char.IsLowSurrogate(text[^length]) ? ^(length - 1) : ^length)..];
}
