using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// Puts the recording filter into the try block that the compiler put around an async method: everything that is thrown in it is caught there,
/// to be put into the task, and a filter further out would see nothing.
/// </summary>
internal static class StateMachineFilter
{
    /// <returns>False if the method cannot be woven.</returns>
    public static bool TryAdd(WovenMethod woven)
    {
        var body = woven.Body;
        if (OutermostCatch(body) is not { } outer)
            return false;
        var filter = new RecordingFilter(woven);
        var end = outer.TryEnd;

        // Blocks that ended with the compiler's try block end where the filter starts now. That block itself goes on around the filter.
        foreach (var clause in body.ExceptionHandlers.Where(clause => clause != outer))
        {
            if (clause.HandlerEnd == end)
                clause.HandlerEnd = filter.Start;
            if (clause.TryEnd == end)
                clause.TryEnd = filter.Start;
        }

        SequencePoints.AddHiddenBefore(woven.Method, end, filter.Start);
        var processor = body.GetILProcessor();
        foreach (var instruction in filter.Instructions)
            processor.InsertBefore(end, instruction);
        body.ExceptionHandlers.Insert(body.ExceptionHandlers.IndexOf(outer), filter.ClauseFor(outer.TryStart, end));
        return true;
    }

    /// <summary>The catch block the compiler made for an async method; null if there is none.</summary>
    public static ExceptionHandler? OutermostCatch(MethodBody body) =>
        body.ExceptionHandlers.LastOrDefault(clause => clause.HandlerType == ExceptionHandlerType.Catch && SetsException(clause));

    private static bool SetsException(ExceptionHandler clause)
    {
        for (var instruction = clause.HandlerStart; instruction is not null && instruction != clause.HandlerEnd; instruction = instruction.Next)
        {
            if (instruction.Operand is MethodReference { Name: "SetException" })
                return true;
        }

        return false;
    }
}
