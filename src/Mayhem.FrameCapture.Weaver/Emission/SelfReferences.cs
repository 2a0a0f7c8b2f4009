using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>References to a type or field from within the type itself: a generic one refers to itself with its own parameters.</summary>
internal static class SelfReferences
{
    public static TypeReference ToSelf(this TypeDefinition type)
    {
        if (!type.HasGenericParameters)
            return type;
        var instance = new GenericInstanceType(type);
        foreach (var parameter in type.GenericParameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }

    public static FieldReference ToSelf(this FieldDefinition field) =>
        field.DeclaringType.HasGenericParameters ? new FieldReference(field.Name, field.FieldType, field.DeclaringType.ToSelf()) : field;
}
