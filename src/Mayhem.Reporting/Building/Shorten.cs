namespace Mayhem.Reporting.Building;

/// <summary>Texts of limited length.</summary>
internal static class Shorten
{
    /// <summary>The text, cut with an ellipsis if it is longer; never inside a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The longest result in characters, 2 or more.</param>
    public static string Text(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
