using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>What a method is given: this and its parameters. Closures it is given are taken apart into their variables.</summary>
internal static class InputVariables
{
    public static IEnumerable<FrameVariable> Of(TypeDefinition type, MethodDefinition method)
    {
        if (method.HasThis && !type.IsLambdaHolder())
        {
            var self = method.Body.ThisParameter;
            if (type.IsClosure())
            {
                foreach (var variable in ClosureVariables.Of(type.ToSelf(), VariableKind.Closure, load => load.Add(OpCodes.Ldarg, self)))
                    yield return variable;
            }
            else
            {
                yield return This(type, self);
            }
        }

        foreach (var variable in method.Parameters.SelectMany(Parameter))
            yield return variable;
    }

    private static FrameVariable This(TypeDefinition type, ParameterDefinition self)
    {
        var itself = type.ToSelf();
        return FrameVariable.Read(VariableKind.This, "this", itself, type.IsSensitive(), load =>
        {
            load.Add(OpCodes.Ldarg, self);
            if (type.IsValueType)
                load.Add(OpCodes.Ldobj, itself);
        });
    }

    private static IEnumerable<FrameVariable> Parameter(ParameterDefinition parameter)
    {
        var type = parameter.ParameterType.Unmodified();
        if (type is not ByReferenceType reference)
            return [FrameVariable.Read(VariableKind.Argument, parameter.Name, type, parameter.IsSensitive(), load => load.Add(OpCodes.Ldarg, parameter))];

        // A local function that is not made a delegate is given the variables around it as a struct, by reference.
        var referenced = reference.ElementType.Unmodified();
        if (referenced.IsClosure())
            return ClosureVariables.Of(referenced, VariableKind.Closure, load => load.Add(OpCodes.Ldarg, parameter));
        return
        [
            FrameVariable.Read(VariableKind.Argument, parameter.Name, referenced, parameter.IsSensitive(), load =>
            {
                load.Add(OpCodes.Ldarg, parameter);
                load.Add(OpCodes.Ldobj, referenced);
            }),
        ];
    }
}
