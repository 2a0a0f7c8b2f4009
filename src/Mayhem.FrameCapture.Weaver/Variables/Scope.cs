using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>A part of a method.</summary>
/// <param name="Start">Its first instruction.</param>
/// <param name="End">The first one after it; null if it goes on to the end of the method.</param>
internal sealed record Scope(Instruction Start, Instruction? End)
{
    /// <summary>The part between two places of a method that has not been changed yet; null if there is no such part.</summary>
    public static Scope? Of(MethodBody body, InstructionOffset start, InstructionOffset end) =>
        At(body, start) is { } first ? new(first, At(body, end)) : null;

    private static Instruction? At(MethodBody body, InstructionOffset place) =>
        place.IsEndOfMethod ? null : body.Instructions.FirstOrDefault(instruction => instruction.Offset == place.Offset);
}
