namespace Mayhem.Dashboard;

/// <summary>Some rows of many.</summary>
/// <param name="Rows">The rows of this page.</param>
/// <param name="Total">How many rows there are.</param>
/// <param name="Number">The page, from 1.</param>
/// <param name="Size">How many rows a page has at most.</param>
/// <param name="Error">Why what is shown may be old; null if it is not.</param>
internal sealed record Page<T>(IReadOnlyList<T> Rows, int Total, int Number, int Size, string? Error = null)
{
    /// <summary>How many rows a page has.</summary>
    public const int DefaultSize = 50;

    /// <summary>Cuts a page out of rows. A page beyond the last is the last.</summary>
    public static Page<T> Of(IReadOnlyList<T> rows, int number, int size, string? error = null)
    {
        var last = Math.Max(1, (rows.Count + size - 1) / size);
        var shown = Math.Clamp(number, 1, last);
        return new Page<T>([.. rows.Skip((shown - 1) * size).Take(size)], rows.Count, shown, size, error);
    }
}
