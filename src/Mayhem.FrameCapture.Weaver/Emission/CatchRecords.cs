using Mayhem.FrameCapture.Weaver.Variables;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// Records the frame at the start of each catch block: the method that catches is the last one of the stack trace, and its own filter never sees
/// what it caught. By then the methods it called are gone, but its variables are there.
/// </summary>
internal static class CatchRecords
{
    /// <summary>The catch blocks somebody wrote in a method that has not been changed yet.</summary>
    public static IReadOnlyList<ExceptionHandler> CatchesOf(WovenMethod woven)
    {
        var compilers = woven.Machine is { IsAsync: true } ? StateMachineFilter.OutermostCatch(woven.Body) : null;
        return [.. woven.Body.ExceptionHandlers.Where(clause => clause != compilers && IsCatch(clause))];
    }

    public static void AddTo(WovenMethod woven, IReadOnlyList<ExceptionHandler> catches)
    {
        foreach (var clause in catches)
            AddTo(woven, clause);
    }

    private static bool IsCatch(ExceptionHandler clause) => clause.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;

    // In a try block of its own: what fails in it must not take the place of what was caught.
    private static void AddTo(WovenMethod woven, ExceptionHandler clause)
    {
        var body = woven.Body;
        var first = clause.HandlerStart;
        var log = woven.AddLocal(woven.Method.Module.TypeSystem.Object);
        var caught = woven.AddLocal(clause.CatchType ?? woven.Method.Module.TypeSystem.Object);
        var end = Instruction.Create(OpCodes.Ldloc, caught);
        var leave = Instruction.Create(OpCodes.Leave, end);
        var swallow = Instruction.Create(OpCodes.Pop);

        var instructions = new InstructionList(woven.Recorder);
        instructions.Add(OpCodes.Stloc, caught);
        var tryStart = Instruction.Create(OpCodes.Ldloc, caught);
        instructions.Add(tryStart);
        RecordCall.AddTo(instructions, woven, log, leave);
        instructions.Add(leave);
        instructions.Add(swallow);
        instructions.Add(OpCodes.Leave, end);
        instructions.Add(end);

        SequencePoints.AddHiddenBefore(woven.Method, first, instructions.Instructions[0]);
        var processor = body.GetILProcessor();
        foreach (var instruction in instructions.Instructions)
            processor.InsertBefore(first, instruction);

        // Whatever ended or started at the old first instruction does so at the new one.
        foreach (var other in body.ExceptionHandlers)
        {
            other.TryEnd = other.TryEnd == first ? instructions.Instructions[0] : other.TryEnd;
            other.HandlerEnd = other.HandlerEnd == first ? instructions.Instructions[0] : other.HandlerEnd;
            other.HandlerStart = other.HandlerStart == first ? instructions.Instructions[0] : other.HandlerStart;
        }

        body.ExceptionHandlers.Insert(0, new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = tryStart,
            TryEnd = swallow,
            CatchType = woven.Method.Module.TypeSystem.Object,
            HandlerStart = swallow,
            HandlerEnd = end,
        });
    }
}
