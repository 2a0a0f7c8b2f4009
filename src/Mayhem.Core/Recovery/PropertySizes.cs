using System.Text;

namespace Mayhem.Recovery;

/// <summary>How much room application properties take, estimated in bytes.</summary>
internal static class PropertySizes
{
    /// <summary>All application properties of a message together stay at or below this.</summary>
    public const int Most = 32 * 1024;

    // The type's code, the lengths, and what a broker may keep beside a property.
    private const int Overhead = 8;

    /// <summary>The size of one property.</summary>
    public static int Of(string name, object? value) => Overhead + Encoding.UTF8.GetByteCount(name) + (value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        _ => 16,
    });

    /// <summary>The size of all.</summary>
    public static int Of(IEnumerable<KeyValuePair<string, object>> properties) => properties.Sum(property => Of(property.Key, property.Value));

    /// <summary>The size of properties after others have been set on them.</summary>
    public static int OfMerged(IReadOnlyDictionary<string, object> carried, IReadOnlyDictionary<string, object> set) =>
        Of(set) + Of(carried.Where(property => !set.ContainsKey(property.Key)));
}
