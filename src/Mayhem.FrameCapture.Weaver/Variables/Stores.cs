using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>The instructions that first give a variable a value, or may do so through its address.</summary>
internal static class Stores
{
    public static Instruction? FirstTo(MethodDefinition method, VariableDefinition variable) => method.Body.Instructions.FirstOrDefault(instruction =>
        (instruction.OpCode == OpCodes.Stloc || instruction.OpCode == OpCodes.Ldloca) && instruction.Operand == variable);

    public static Instruction? FirstTo(MethodDefinition method, FieldDefinition field) => method.Body.Instructions.FirstOrDefault(instruction =>
        (instruction.OpCode == OpCodes.Stfld || instruction.OpCode == OpCodes.Ldflda) && instruction.Operand is FieldReference stored && stored.Name == field.Name);
}
