namespace Mayhem.Reports;

/// <summary>Tells code of this program from libraries and the runtime.</summary>
public static class OurCode
{
    /// <summary>True for types of Mayhem.</summary>
    public static bool Includes(Type? type) =>
        type?.Namespace is { } name && name.StartsWith(nameof(Mayhem), StringComparison.Ordinal) && (name.Length == nameof(Mayhem).Length || name[nameof(Mayhem).Length] == '.');
}
