using System.Reflection;
using System.Runtime.CompilerServices;
using Mayhem.FrameCapture.Names;

namespace Mayhem.FrameCapture.Values;

/// <summary>A field by the name a reader knows: that of the property or parameter it was made for.</summary>
internal sealed record ShownField(string Name, FieldInfo Field, bool IsSensitive);

/// <summary>What is shown of the objects of a type. Looked up once a type, for as long as the type lives.</summary>
internal sealed class TypeShape
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<Type, TypeShape> Shapes = [];

    private readonly Lazy<ShownField[]> fields;

    private TypeShape(Type type)
    {
        IsSensitive = IsMarked(type) || type.GetInterfaces().Any(IsMarked) || type.FullName == "System.Security.SecureString";
        fields = new(() => [.. FieldsOf(type)]);
    }

    public bool IsSensitive { get; }

    /// <summary>Fields of the type, then those of its base types.</summary>
    public IReadOnlyList<ShownField> Fields => fields.Value;

    public static TypeShape Of(Type type) => Shapes.GetValue(type, static type => new TypeShape(type));

    private static IEnumerable<ShownField> FieldsOf(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(OwnFields))
            {
                if (field.FieldType.IsPointer || field.FieldType.IsByRefLike || ReaderName(field) is not { } name)
                    continue;
                yield return new(name, field, IsMarked(field) || IsMarkedMember(level, name));
            }
        }
    }

    private static string? ReaderName(FieldInfo field) =>
        field.Name.StartsWith('<') ? CompilerNames.SourceName(field.Name) : field.Name;

    private static bool IsMarkedMember(Type type, string name) =>
        type.GetProperties(OwnFields).Any(property => property.Name == name && IsMarked(property))
        || type.GetConstructors(OwnFields).SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.Name == name && IsMarked(parameter));

    // By name, too: a library may declare its own attribute rather than depend on this one.
    private static bool IsMarked(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(inherit: true).Any(attribute => attribute.GetType().Name == nameof(SensitiveAttribute));
}
