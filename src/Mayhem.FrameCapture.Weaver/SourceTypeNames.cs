using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Declared types as C# writes them, the same as <see cref="TypeNames"/> writes the types of values.</summary>
internal static class SourceTypeNames
{
    public static string Of(TypeReference type) => type switch
    {
        IModifierType modified => Of(modified.ElementType),
        PinnedType pinned => Of(pinned.ElementType),
        ByReferenceType reference => "ref " + Of(reference.ElementType),
        PointerType pointer => Of(pointer.ElementType) + "*",
        ArrayType array => $"{Of(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        FunctionPointerType => "delegate*",
        GenericParameter parameter => parameter.Name,
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable => Of(nullable.GenericArguments[0]) + "?",
        GenericInstanceType { ElementType: { Namespace: "System" } tuple } generic when tuple.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) =>
            $"({string.Join(", ", generic.GenericArguments.Select(Of))})",
        GenericInstanceType generic => Nested(generic.ElementType, [.. generic.GenericArguments]),
        _ => Keyword(type) ?? Nested(type, []),
    };

    private static string Nested(TypeReference type, TypeReference[] arguments)
    {
        var outer = type.DeclaringType is null ? "" : Nested(type.DeclaringType, arguments) + ".";
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return outer + type.Name;

        // The arguments of all levels are given to the innermost type; the outer levels took the first ones.
        var own = int.Parse(type.Name.AsSpan(tick + 1), provider: null);
        var taken = OuterCount(type.DeclaringType);
        var shown = taken + own <= arguments.Length ? arguments[taken..(taken + own)].Select(Of) : type.GenericParameters.Skip(taken).Select(Of);
        return $"{outer}{type.Name[..tick]}<{string.Join(", ", shown)}>";
    }

    private static int OuterCount(TypeReference? type)
    {
        var count = 0;
        for (; type is not null; type = type.DeclaringType)
        {
            var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
            count += tick < 0 ? 0 : int.Parse(type.Name.AsSpan(tick + 1), provider: null);
        }

        return count;
    }

    private static string? Keyword(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Boolean => "bool",
        MetadataType.Byte => "byte",
        MetadataType.SByte => "sbyte",
        MetadataType.Char => "char",
        MetadataType.Int16 => "short",
        MetadataType.UInt16 => "ushort",
        MetadataType.Int32 => "int",
        MetadataType.UInt32 => "uint",
        MetadataType.Int64 => "long",
        MetadataType.UInt64 => "ulong",
        MetadataType.Single => "float",
        MetadataType.Double => "double",
        MetadataType.IntPtr => "nint",
        MetadataType.UIntPtr => "nuint",
        MetadataType.String => "string",
        MetadataType.Object => "object",
        MetadataType.Void => "void",
        _ => type.FullName == "System.Decimal" ? "decimal" : null,
    };
}
