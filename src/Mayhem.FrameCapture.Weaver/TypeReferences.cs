using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Questions about types.</summary>
internal static class TypeReferences
{
    private const int AllowsRefStruct = 0x20;

    /// <summary>The definition; null if its assembly is not at hand, or for what has none, such as a generic parameter.</summary>
    public static TypeDefinition? TryResolve(this TypeReference type)
    {
        try
        {
            return type is GenericParameter or ArrayType or ByReferenceType or PointerType or FunctionPointerType ? null : type.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    /// <summary>The type without modreq, modopt and pinned.</summary>
    public static TypeReference Unmodified(this TypeReference type) =>
        type is IModifierType or PinnedType ? ((TypeSpecification)type).ElementType.Unmodified() : type;

    public static bool IsVoid(this TypeReference type) => type.Unmodified().MetadataType == MetadataType.Void;

    /// <summary>Whether a value of the type can be kept as an object. Ref structs and pointers cannot.</summary>
    public static bool CanBeBoxed(this TypeReference type)
    {
        if (type is IModifierType modified)
            return modified.ElementType.CanBeBoxed();
        if (type is PointerType or FunctionPointerType or ByReferenceType or PinnedType || type.MetadataType == MetadataType.TypedByReference)
            return false;
        if (type is GenericParameter parameter)
            return ((int)parameter.Attributes & AllowsRefStruct) == 0;
        if (type is ArrayType || type.IsPrimitive)
            return true;
        return type.TryResolve() is { } definition
            ? !(definition.IsValueType && definition.HasAttribute("IsByRefLikeAttribute"))
            : !type.IsValueType;
    }

    public static bool NeedsBoxing(this TypeReference type) =>
        type is GenericParameter || (type is not ArrayType && (type.IsPrimitive || (type.TryResolve()?.IsValueType ?? type.IsValueType)));

    /// <summary>Whether it is the class or struct the compiler keeps captured variables in.</summary>
    public static bool IsClosure(this TypeReference type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal);

    /// <summary>Whether it is the class the compiler keeps lambdas without captured variables in.</summary>
    public static bool IsLambdaHolder(this TypeReference type) => type.Name is "<>c" || type.Name.StartsWith("<>c`", StringComparison.Ordinal);

    /// <summary>The type with the arguments of the generic type it was found in.</summary>
    public static TypeReference Inflated(this TypeReference type, TypeReference within)
    {
        if (within is not GenericInstanceType instance)
            return type;
        switch (type)
        {
            case GenericParameter { Type: GenericParameterType.Type } parameter:
                return instance.GenericArguments[parameter.Position];
            case GenericInstanceType generic:
                var inflated = new GenericInstanceType(generic.ElementType);
                foreach (var argument in generic.GenericArguments)
                    inflated.GenericArguments.Add(argument.Inflated(within));
                return inflated;
            case ArrayType array:
                return new ArrayType(array.ElementType.Inflated(within), array.Rank);
            default:
                return type;
        }
    }
}
