using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>References to a type, field or method from within itself: a generic one refers to itself with its own parameters.</summary>
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

    public static MethodReference ToSelf(this MethodDefinition method)
    {
        var reference = method.DeclaringType.HasGenericParameters ? WithinSelf(method) : method;
        if (!method.HasGenericParameters)
            return reference;
        var instance = new GenericInstanceMethod(reference);
        foreach (var parameter in method.GenericParameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }

    private static MethodReference WithinSelf(MethodDefinition method)
    {
        var reference = new MethodReference(method.Name, method.ReturnType, method.DeclaringType.ToSelf())
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
        };
        foreach (var parameter in method.Parameters)
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        foreach (var parameter in method.GenericParameters)
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        return reference;
    }
}
