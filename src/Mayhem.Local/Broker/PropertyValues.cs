namespace Mayhem.Local.Broker;

/// <summary>The types a value of an application property may have: those that AMQP knows.</summary>
public static class PropertyValues
{
    /// <summary>True if AMQP knows the type of the value.</summary>
    public static bool IsAllowed(object? value) => value is
        string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or char
        or Guid or DateTime or DateTimeOffset or TimeSpan or Uri or byte[];

    /// <summary>The properties with others set over them. The originals stay as they are.</summary>
    internal static IReadOnlyDictionary<string, object> Merge(IReadOnlyDictionary<string, object> original, IReadOnlyDictionary<string, object> changes)
    {
        if (changes.Count == 0)
            return original;
        var merged = new Dictionary<string, object>(original, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            merged[name] = value;
        return merged;
    }
}
