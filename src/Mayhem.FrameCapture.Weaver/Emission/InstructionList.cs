using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>Instructions on their way into a method.</summary>
internal sealed class InstructionList(RecorderReferences recorder)
{
    private readonly List<Instruction> instructions = [];

    public IReadOnlyList<Instruction> Instructions => instructions;

    public void Add(OpCode code) => instructions.Add(Instruction.Create(code));

    public void Add(OpCode code, int number) => instructions.Add(Instruction.Create(code, number));

    public void Add(OpCode code, TypeReference type) => instructions.Add(Instruction.Create(code, type));

    public void Add(OpCode code, MethodReference method) => instructions.Add(Instruction.Create(code, method));

    public void Add(OpCode code, FieldReference field) => instructions.Add(Instruction.Create(code, field));

    public void Add(OpCode code, VariableDefinition variable) => instructions.Add(Instruction.Create(code, variable));

    public void Add(OpCode code, ParameterDefinition parameter) => instructions.Add(Instruction.Create(code, parameter));

    public void Add(OpCode code, Instruction target) => instructions.Add(Instruction.Create(code, target));

    /// <summary>Adds an instruction that others branch to.</summary>
    public void Add(Instruction instruction) => instructions.Add(instruction);

    public void Box(TypeReference type)
    {
        if (type.MetadataType == MetadataType.Int32)
            Add(OpCodes.Call, recorder.Boxed);
        else if (type.NeedsBoxing())
            Add(OpCodes.Box, type);
    }
}
