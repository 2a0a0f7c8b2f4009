using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Attributes by their name: whose assembly declares them does not matter.</summary>
internal static class Attributes
{
    public static bool HasAttribute(this ICustomAttributeProvider member, string name) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(attribute => attribute.AttributeType.Name == name);

    public static bool IsSensitive(this ICustomAttributeProvider member) => member.HasAttribute(nameof(SensitiveAttribute));

    /// <summary>Whether a type, or one it derives from, is sensitive.</summary>
    public static bool IsSensitiveType(this TypeReference type)
    {
        for (var level = type.TryResolve(); level is not null; level = level.BaseType?.TryResolve())
        {
            if (level.IsSensitive() || level.Interfaces.Any(implemented => implemented.InterfaceType.TryResolve()?.IsSensitive() == true))
                return true;
        }

        return false;
    }
}
