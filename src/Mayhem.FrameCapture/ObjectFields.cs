using Mayhem.FrameCapture.Values;

namespace Mayhem.FrameCapture;

/// <summary>A field by the name a reader knows: that of the property it was made for, if it was made for one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as C# writes it.</param>
/// <param name="Value">Its value, shown by a <see cref="ValueFormatter"/>.</param>
public sealed record ObjectField(string Name, string Type, string Value);

/// <summary>What an object is made of.</summary>
public static class ObjectFields
{
    /// <summary>The fields that the object's type, and those it derives from, add to a base type. Runs no code of the application. Never throws.</summary>
    /// <param name="value">The object.</param>
    /// <param name="basis">The base type, whose own fields are left out.</param>
    /// <param name="formatter">Shows the values.</param>
    public static IReadOnlyList<ObjectField> Of(object value, Type basis, ValueFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(formatter);
        if (value.GetType() == basis)
            return [];
        var shape = TypeShape.Of(value.GetType());
        return [.. shape.Fields
            .Where(field => field.Field.DeclaringType is { } level && level != basis && basis.IsAssignableFrom(level))
            .Select(field => new ObjectField(field.Name, TypeNames.Of(field.Field.FieldType), Show(shape, field, value, formatter)))];
    }

    private static string Show(TypeShape shape, ShownField field, object value, ValueFormatter formatter) =>
        shape.IsSensitive || field.IsSensitive ? ValueFormatter.Mask : formatter.Format(field.Field.GetValue(value), field.Name);
}
