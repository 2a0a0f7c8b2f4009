using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>
/// The code that records a frame. It finds the exception on the stack, and asks for its log; if there is one, it is given the type, the number of the method and an array of its values.
/// </summary>
internal static class RecordCall
{
    /// <param name="woven">The method.</param>
    /// <param name="log">A place to keep the log in.</param>
    /// <param name="end">The instruction after the call.</param>
    /// <param name="instructions">Where to add the code.</param>
    public static void AddTo(InstructionList instructions, WovenMethod woven, VariableDefinition log, Instruction end)
    {
        instructions.Add(OpCodes.Call, woven.Recorder.LogOf);
        instructions.Add(OpCodes.Stloc, log);
        instructions.Add(OpCodes.Ldloc, log);
        instructions.Add(OpCodes.Brfalse, end);
        instructions.Add(OpCodes.Ldloc, log);
        instructions.Add(OpCodes.Ldtoken, woven.Type.ToSelf());
        instructions.Add(OpCodes.Ldc_I4, woven.Id);

        var loads = woven.Variables.Select(variable => variable.Load).OfType<Variables.Load>().ToArray();
        instructions.Add(OpCodes.Ldc_I4, loads.Length);
        instructions.Add(OpCodes.Newarr, woven.Method.Module.TypeSystem.Object);
        for (var index = 0; index < loads.Length; index++)
        {
            instructions.Add(OpCodes.Dup);
            instructions.Add(OpCodes.Ldc_I4, index);
            loads[index](instructions);
            instructions.Add(OpCodes.Stelem_Ref);
        }

        instructions.Add(OpCodes.Call, woven.Recorder.Record);
    }
}
