namespace Mayhem.Postgres;

/// <summary>What PostgreSQL cannot hold in a text.</summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with a replacement for each zero and for each half of a surrogate pair, as senders and exceptions may well produce them.</summary>
    public static string Storable(string text)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) < 0 && !text.Any(char.IsSurrogate))
            return text;
        var storable = text.ToCharArray();
        for (var i = 0; i < storable.Length; i++)
        {
            if (char.IsHighSurrogate(storable[i]) && i + 1 < storable.Length && char.IsLowSurrogate(storable[i + 1]))
                i++;
            else if (storable[i] == '\0' || char.IsSurrogate(storable[i]))
                storable[i] = Replacement;
        }
        return new string(storable);
    }
}
