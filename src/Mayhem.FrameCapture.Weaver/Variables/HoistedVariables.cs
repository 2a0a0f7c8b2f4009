using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mayhem.FrameCapture.Weaver.Selection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>The variables of an async method or iterator, which live in fields of its state machine.</summary>
internal static class HoistedVariables
{
    public static IEnumerable<FrameVariable> Of(TypeDefinition type, MethodDefinition moveNext, StateMachine machine)
    {
        var scopes = moveNext.CustomDebugInformations.OfType<StateMachineScopeDebugInformation>().FirstOrDefault()?.Scopes;
        foreach (var field in type.Fields.Where(field => !field.IsStatic))
        {
            var reference = field.ToSelf();
            Load load = instructions =>
            {
                instructions.Add(OpCodes.Ldarg, moveNext.Body.ThisParameter);
                instructions.Add(OpCodes.Ldfld, reference);
            };

            if (field.FieldType.IsClosure())
            {
                // The closure a lambda belongs to is its "this"; any other was made by the method itself.
                var kind = field.Name == "<>4__this" ? VariableKind.Closure : VariableKind.Local;
                foreach (var variable in ClosureVariables.Of(field.FieldType, kind, load))
                    yield return variable;
            }
            else if (field.Name == "<>4__this")
            {
                if (!field.FieldType.IsLambdaHolder())
                    yield return FrameVariable.Read(VariableKind.This, "this", field.FieldType, isSensitive: false, load);
            }
            else if (!field.Name.StartsWith('<'))
            {
                yield return FrameVariable.Read(VariableKind.Argument, field.Name, field.FieldType, IsSensitiveParameter(machine, field.Name), load);
            }
            else if (LocalName(field.Name) is { } name)
            {
                yield return FrameVariable.Read(VariableKind.Local, name, field.FieldType, isSensitive: false, load) with
                {
                    Scope = ScopeOf(moveNext, field.Name, scopes),
                    FirstStore = Stores.FirstTo(moveNext, field),
                };
            }
        }
    }

    private static bool IsSensitiveParameter(StateMachine machine, string name) =>
        machine.Written?.Parameters.Any(parameter => parameter.Name == name && parameter.IsSensitive()) == true;

    // Of the compiler's names only <host>5__2 stands for a variable: the third local to be given a field.
    private static string? LocalName(string name)
    {
        var end = name.IndexOf('>', StringComparison.Ordinal);
        return end > 1 && name.AsSpan(end + 1).StartsWith("5__") ? name[1..end] : null;
    }

    private static Scope? ScopeOf(MethodDefinition moveNext, string name, Collection<StateMachineScope>? scopes)
    {
        var number = name[(name.LastIndexOf('_') + 1)..];
        if (scopes is null || !int.TryParse(number, out var place) || place < 1 || place > scopes.Count)
            return null;
        return Scope.Of(moveNext.Body, scopes[place - 1].Start, scopes[place - 1].End);
    }
}
