using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>The variables in a closure, and in those around it.</summary>
internal static class ClosureVariables
{
    private const int MaxLevels = 5;

    /// <param name="closure">The closure's type.</param>
    /// <param name="kind">What its variables are to the method.</param>
    /// <param name="load">Puts the closure on the stack, or its address if it is a struct. It may be null, if it has not been made yet.</param>
    public static IEnumerable<FrameVariable> Of(TypeReference closure, VariableKind kind, Load load) => Of(closure, kind, load, level: 0);

    private static IEnumerable<FrameVariable> Of(TypeReference closure, VariableKind kind, Load load, int level)
    {
        if (level == MaxLevels || closure.TryResolve() is not { } definition)
            yield break;
        foreach (var field in definition.Fields.Where(field => !field.IsStatic))
        {
            var reference = new FieldReference(field.Name, field.FieldType, closure);
            var type = field.FieldType.Inflated(closure);
            Load loadField = instructions =>
            {
                load(instructions);
                instructions.Add(OpCodes.Ldfld, reference);
            };

            if (field.FieldType.IsClosure())
            {
                foreach (var variable in Of(type, kind, NullGuarded(definition, load, loadField), level + 1))
                    yield return variable;
            }
            else if (NameOf(field) is { } name)
            {
                yield return Variable(field, kind, name, type, load, loadField);
            }
        }
    }

    private static FrameVariable Variable(FieldDefinition field, VariableKind kind, string name, TypeReference type, Load load, Load loadField)
    {
        var closure = field.DeclaringType;
        var actualKind = name == "this" ? VariableKind.This : kind;
        var variable = FrameVariable.Read(actualKind, name, type, IsSensitive(closure, name), loadField) with { Captured = field };
        return variable.Load is { } boxed ? variable with { Load = NullGuarded(closure, load, boxed) } : variable;
    }

    private static string? NameOf(FieldDefinition field)
    {
        if (field.Name == "<>4__this")
            return "this";
        return field.Name.StartsWith('<') || field.Name.StartsWith("CS$", StringComparison.Ordinal) ? null : field.Name;
    }

    // A captured parameter keeps its mark, though its field has none. Which method a closure was made for cannot be told from it.
    private static bool IsSensitive(TypeDefinition closure, string name)
    {
        var owner = closure.DeclaringType;
        return owner is not null && owner.NestedTypes.Append(owner).SelectMany(type => type.Methods).SelectMany(method => method.Parameters)
            .Any(parameter => parameter.Name == name && parameter.IsSensitive());
    }

    // Puts null on the stack if there is no closure yet.
    private static Load NullGuarded(TypeDefinition closure, Load load, Load loadPart)
    {
        if (closure.IsValueType)
            return loadPart;
        return instructions =>
        {
            var missing = Instruction.Create(OpCodes.Ldnull);
            var end = Instruction.Create(OpCodes.Nop);
            load(instructions);
            instructions.Add(OpCodes.Brfalse, missing);
            loadPart(instructions);
            instructions.Add(OpCodes.Br, end);
            instructions.Add(missing);
            instructions.Add(end);
        };
    }
}
