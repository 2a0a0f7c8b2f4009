using Mayhem.FrameCapture.Weaver.Selection;
using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>Everything in a method that has a name in its source: this, arguments, locals, closures, in this order.</summary>
internal static class VariablesOf
{
    public static IReadOnlyList<FrameVariable> Method(TypeDefinition type, MethodDefinition method, StateMachine? machine)
    {
        var inputs = machine is null ? InputVariables.Of(type, method) : HoistedVariables.Of(type, method, machine);
        var variables = new List<FrameVariable>();
        foreach (var variable in inputs.Concat(LocalVariables.Of(method)))
        {
            // The closure of an inner block leads to that of the outer one, which the method has as well.
            if (variable.Captured is { } field && variables.Exists(other => other.Captured == field))
                continue;
            var shadowed = variable.Captured is null ? -1 : variables.FindIndex(other => IsInput(other) && other.Name == variable.Name);
            if (shadowed < 0)
                variables.Add(variable);
            else if (IsMovedTo(variable, variables[shadowed]))
                variables[shadowed] = variables[shadowed] with { Load = variable.Load };
        }

        return [.. variables.OrderBy(variable => variable.Kind)];
    }

    private static bool IsInput(FrameVariable variable) => variable.Kind is VariableKind.This or VariableKind.Argument;

    // A captured parameter lives in its method's closure from the first statement on; the argument is a copy that nobody writes to.
    // The closure of a method further out may have one of the same name, which is another variable.
    private static bool IsMovedTo(FrameVariable captured, FrameVariable argument) =>
        captured is { Kind: VariableKind.Local, Load: not null } && argument is { Kind: VariableKind.Argument, Load: not null };
}
