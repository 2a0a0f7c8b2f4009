using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// An exception filter that records the frame and says no. Filters run before anything is unwound, when all variables still are what they were;
/// as this one never says yes, nothing is caught, and its handler never runs.
/// </summary>
internal sealed class RecordingFilter
{
    private readonly InstructionList instructions;

    public RecordingFilter(WovenMethod woven)
    {
        instructions = new InstructionList(woven.Recorder);
        var log = woven.AddLocal(woven.Method.Module.TypeSystem.Object);
        var no = Instruction.Create(OpCodes.Ldc_I4, 0);
        RecordCall.AddTo(instructions, woven, log, no);
        instructions.Add(no);
        instructions.Add(OpCodes.Endfilter);
        Handler = Instruction.Create(OpCodes.Pop);
        instructions.Add(Handler);
        instructions.Add(OpCodes.Rethrow);
    }

    /// <summary>All of it, filter and handler.</summary>
    public IReadOnlyList<Instruction> Instructions => instructions.Instructions;

    public Instruction Start => instructions.Instructions[0];

    private Instruction Handler { get; }

    /// <summary>The clause of a try block that ends where the filter starts.</summary>
    /// <param name="tryStart">First instruction of the try block.</param>
    /// <param name="end">First instruction after the handler; null if there is none.</param>
    public ExceptionHandler ClauseFor(Instruction tryStart, Instruction? end) => new(ExceptionHandlerType.Filter)
    {
        TryStart = tryStart,
        TryEnd = Start,
        FilterStart = Start,
        HandlerStart = Handler,
        HandlerEnd = end,
    };
}
