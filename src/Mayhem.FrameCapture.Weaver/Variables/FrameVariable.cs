using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>Adds instructions that put a value on the stack.</summary>
internal delegate void Load(InstructionList instructions);

/// <summary>A variable of a method to be woven.</summary>
internal sealed record FrameVariable(VariableKind Kind, string Name, TypeReference Type)
{
    /// <summary>Puts its value on the stack as an object; null if that cannot or must not be done.</summary>
    public Load? Load { get; init; }

    /// <summary>The local variable that holds it; null if it is found elsewhere.</summary>
    public VariableDefinition? Local { get; init; }

    /// <summary>Why it has no value.</summary>
    public Omission Omission { get; init; }

    /// <summary>Where it can be named; null for all of the method.</summary>
    public Scope? Scope { get; init; }

    /// <summary>The first instruction that assigns it; null if it has a value from the start.</summary>
    public Instruction? FirstStore { get; init; }

    /// <summary>Other variables with scopes of their own live in the same place.</summary>
    public bool SharesItsPlace { get; init; }

    /// <summary>The field of the closure it was found in; null for other variables.</summary>
    public FieldDefinition? Captured { get; init; }

    /// <summary>Makes a variable whose value is read unless its type or a mark forbids it.</summary>
    /// <param name="kind">What it is to its method.</param>
    /// <param name="name">As it is written in the source.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isSensitive">Whether it is marked.</param>
    /// <param name="loadRaw">Puts the value on the stack as it is.</param>
    public static FrameVariable Read(VariableKind kind, string name, TypeReference type, bool isSensitive, Load loadRaw)
    {
        var plain = type.Unmodified();
        if (isSensitive || plain.IsSensitiveType())
            return new(kind, name, type) { Omission = Omission.Sensitive };
        if (!type.CanBeBoxed())
            return new(kind, name, type) { Omission = Omission.CannotBeBoxed };
        return new(kind, name, type)
        {
            Load = instructions =>
            {
                loadRaw(instructions);
                instructions.Box(plain);
            },
        };
    }

    /// <summary>Makes a variable of what a local variable holds.</summary>
    public static FrameVariable Read(string name, VariableDefinition local) =>
        Read(VariableKind.Local, name, local.VariableType, isSensitive: false, load => load.Add(OpCodes.Ldloc, local)) with { Local = local };

    /// <summary>The same variable, read from another local variable.</summary>
    public FrameVariable ReadFrom(VariableDefinition local) => this with { Local = local, Load = Read(Name, local).Load };
}
