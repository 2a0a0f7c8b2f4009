using Mayhem.FrameCapture.Weaver.Variables;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// Gives each local variable a copy for the filter to read. The JIT leaves a variable that a filter reads on the stack, if it is assigned more than once always and otherwise by preference, and
/// each use waits for memory. The copy takes one store for each assignment and nothing waits for it, while the variable itself stays in a register.
/// </summary>
internal static class WriteOnlyCopies
{
    /// <summary>Adds the copies to a method that has not been changed yet.</summary>
    /// <returns>The variables, of which some are read from their copies.</returns>
    public static IReadOnlyList<FrameVariable> AddTo(MethodDefinition method, IReadOnlyList<FrameVariable> variables)
    {
        var copies = new Dictionary<VariableDefinition, VariableDefinition>();
        return [.. variables.Select(variable => variable is { Local: { } local, Load: not null } && IsWorthIt(method, local) ? variable.ReadFrom(CopyOf(method, local, copies)) : variable)];
    }

    // Structs are not kept in one register, and what has an address is on the stack in any case.
    private static bool IsWorthIt(MethodDefinition method, VariableDefinition local) =>
        (local.VariableType.IsPrimitive || !local.VariableType.NeedsBoxing())
        && !method.Body.Instructions.Any(instruction => instruction.OpCode == OpCodes.Ldloca && instruction.Operand == local)
        && StoresTo(method, local).Any();

    private static VariableDefinition CopyOf(MethodDefinition method, VariableDefinition local, Dictionary<VariableDefinition, VariableDefinition> copies)
    {
        if (copies.TryGetValue(local, out var known))
            return known;
        var copy = new VariableDefinition(local.VariableType);
        method.Body.Variables.Add(copy);
        var processor = method.Body.GetILProcessor();
        foreach (var store in StoresTo(method, local).ToArray())
        {
            // The instruction itself stays: others branch to it, and scopes and lines begin with it.
            store.OpCode = OpCodes.Dup;
            store.Operand = null;
            processor.InsertAfter(store, Instruction.Create(OpCodes.Stloc, local));
            processor.InsertAfter(store, Instruction.Create(OpCodes.Stloc, copy));
        }

        return copies[local] = copy;
    }

    private static IEnumerable<Instruction> StoresTo(MethodDefinition method, VariableDefinition local) =>
        method.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Stloc && instruction.Operand == local);
}
