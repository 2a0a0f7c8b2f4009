using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>Puts the recording filter around the whole of a method; of a constructor, around all that follows the call of the base constructor.</summary>
internal static class BodyFilter
{
    /// <returns>False if the method cannot be woven.</returns>
    public static bool TryAdd(WovenMethod woven)
    {
        if (TryStart(woven) is not { } tryStart)
            return false;
        var body = woven.Body;
        var returning = RedirectReturns(woven);
        var filter = new RecordingFilter(woven);

        // Handlers that went on to the end of the method end where the filter starts now.
        foreach (var clause in body.ExceptionHandlers)
        {
            clause.HandlerEnd ??= filter.Start;
            clause.TryEnd ??= filter.Start;
        }

        foreach (var instruction in filter.Instructions.Concat(returning))
            body.Instructions.Add(instruction);
        body.ExceptionHandlers.Add(filter.ClauseFor(tryStart, returning is [var next, ..] ? next : null));

        SequencePoints.AddHiddenAtEnd(woven.Method, filter.Start);
        return true;
    }

    // In a try block, "ret" becomes "leave" to a "ret" after the block. Returns what follows the block; nothing if the method never returns.
    private static IReadOnlyList<Instruction> RedirectReturns(WovenMethod woven)
    {
        var body = woven.Body;
        var returns = body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToArray();
        if (returns.Length == 0)
            return [];
        var ret = Instruction.Create(OpCodes.Ret);
        if (woven.Method.ReturnType.IsVoid())
        {
            foreach (var instruction in returns)
            {
                instruction.OpCode = OpCodes.Leave;
                instruction.Operand = ret;
            }

            return [ret];
        }

        var result = woven.AddLocal(woven.Method.ReturnType.Unmodified());
        var load = Instruction.Create(OpCodes.Ldloc, result);
        var processor = body.GetILProcessor();
        foreach (var instruction in returns)
        {
            instruction.OpCode = OpCodes.Stloc;
            instruction.Operand = result;
            processor.InsertAfter(instruction, Instruction.Create(OpCodes.Leave, load));
        }

        return [load, ret];
    }

    private static Instruction? TryStart(WovenMethod woven)
    {
        var first = woven.Body.Instructions[0];
        if (!woven.Method.IsConstructor || woven.Type.IsValueType)
            return first;
        var call = woven.Body.Instructions.FirstOrDefault(instruction => CallsOtherConstructor(instruction, woven.Type));

        // What came before is outside of the filter, and so must be its try blocks, if there are any.
        return call is not null && woven.Body.ExceptionHandlers.All(clause => clause.TryStart.Offset > call.Offset) ? call.Next : null;
    }

    private static bool CallsOtherConstructor(Instruction instruction, TypeDefinition type) =>
        instruction.OpCode == OpCodes.Call && instruction.Operand is MethodReference { Name: ".ctor" } called
        && (called.DeclaringType.GetElementType().FullName == type.FullName
            || called.DeclaringType.GetElementType().FullName == type.BaseType?.GetElementType().FullName);
}
