namespace Mayhem.FrameCapture.Samples;

/// <summary>A generic type with a generic method.</summary>
public sealed class Box<T>
{
    private readonly List<T> items = [];

    public void Put<TKey>(TKey key, T item)
        where TKey : notnull
    {
        items.Add(item);
        var pair = new KeyValuePair<TKey, T>(key, item);
        throw new InvalidOperationException($"{pair.Key}");
    }

    public async Task<T> PutLater<TKey>(TKey key, T item)
    {
        await Task.Yield();
        items.Add(item);
        var count = items.Count;
        throw new InvalidOperationException($"{key}{count}");
    }
}

public interface IParsed<TSelf>
    where TSelf : IParsed<TSelf>
{
    static abstract TSelf Parse(string text);
}

/// <summary>A static abstract member implemented, and called through a constraint.</summary>
public sealed class Number : IParsed<Number>
{
    public static Number Parse(string text)
    {
        var trimmed = text.Trim();
        throw new InvalidOperationException($"Not a number: {trimmed}");
    }

    public static T Through<T>(string text)
        where T : IParsed<T>
    {
        var padded = $" {text} ";
        return T.Parse(padded);
    }
}
