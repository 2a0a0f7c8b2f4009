using System.Text;

namespace Mayhem.Messages;

/// <summary>
/// Texts that came before: hosts, groups, requesters and reasons come again and again, and the ledger keeps them for as long as it keeps requests. One that is known is not made anew.
/// A fixed number of places; who comes last has the place. Thread-safe: the worst that can happen is that a text is made twice.
/// </summary>
internal static class KnownTexts
{
    private const int Longest = 64;

    private static readonly string?[] Places = new string?[4096];

    /// <summary>The text; null if it is not known, or has other than ASCII characters.</summary>
    public static string? Find(ReadOnlySpan<byte> ascii) =>
        ascii.Length <= Longest && Volatile.Read(ref Places[PlaceOf(ascii)]) is { } known && Ascii.Equals(ascii, known) ? known : null;

    /// <summary>Keeps a text.</summary>
    public static void Keep(ReadOnlySpan<byte> ascii, string text)
    {
        if (ascii.Length <= Longest)
            Volatile.Write(ref Places[PlaceOf(ascii)], text);
    }

    private static int PlaceOf(ReadOnlySpan<byte> ascii)
    {
        var hash = new HashCode();
        hash.AddBytes(ascii);
        return hash.ToHashCode() & (Places.Length - 1);
    }
}
