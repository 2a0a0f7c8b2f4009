using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>Reads a section into an object with plain properties, and says of every bad key what is wrong with it.</summary>
internal static class SettingsReader
{
    /// <summary>Sets what can be read. Returns one sentence for each key that is unknown or has an unreadable value.</summary>
    /// <param name="section">The section.</param>
    /// <param name="target">The object.</param>
    /// <param name="sections">Sections in it that somebody else reads.</param>
    public static IReadOnlyList<string> Read(IConfigurationSection section, object target, params string[] sections)
    {
        var settable = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToArray();
        return [.. section.GetChildren().Select(entry => ReadEntry(entry, target, settable, sections)).OfType<string>()];
    }

    private static string? ReadEntry(IConfigurationSection entry, object target, PropertyInfo[] settable, string[] sections)
    {
        if (sections.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            return string.IsNullOrEmpty(entry.Value) ? null : $"{entry.Path} holds settings and has no value of its own.";
        var property = Array.Find(settable, property => string.Equals(property.Name, entry.Key, StringComparison.OrdinalIgnoreCase));
        if (property is null)
            return $"{entry.Path} is not a setting; there are {string.Join(", ", settable.Select(known => known.Name).Concat(sections))}.";
        if (string.IsNullOrWhiteSpace(entry.Value))
            return null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            property.SetValue(target, TypeDescriptor.GetConverter(type).ConvertFromInvariantString(entry.Value.Trim()));
            return null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException)
        {
            return $"{entry.Path} is '{entry.Value}'; give {Shape(type)}.";
        }
    }

    private static string Shape(Type type)
    {
        if (type == typeof(TimeSpan))
            return "a time, as 00:00:30 for thirty seconds";
        if (type == typeof(bool))
            return "true or false";
        if (type.IsEnum)
            return string.Join(" or ", Enum.GetNames(type));
        if (type == typeof(double))
            return "a number, as 0.5";
        return type == typeof(int) ? "a whole number" : $"a {type.Name}";
    }
}
