namespace Mayhem.Reporting.Building;

/// <summary>How many characters of values a report may still hold.</summary>
/// <param name="characters">Characters.</param>
internal sealed class Budget(int characters)
{
    private int left = characters;

    /// <summary>The values that there is room for, in their order.</summary>
    public IReadOnlyList<T> Take<T>(IEnumerable<T> values, Func<T, int> length)
    {
        var taken = new List<T>();
        if (left <= 0)
            return taken;
        foreach (var value in values)
        {
            taken.Add(value);
            left -= length(value);
            if (left <= 0)
                break;
        }

        return taken;
    }
}
