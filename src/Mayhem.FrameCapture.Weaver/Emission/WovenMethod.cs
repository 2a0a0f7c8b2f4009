using Mayhem.FrameCapture.Weaver.Selection;
using Mayhem.FrameCapture.Weaver.Variables;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>A method being woven.</summary>
/// <param name="Id">Its number in the frame map.</param>
/// <param name="Type">Its type.</param>
/// <param name="Method">The method itself.</param>
/// <param name="Machine">The state machine it runs, if it does.</param>
/// <param name="Variables">What is recorded of it.</param>
/// <param name="Recorder">What it calls.</param>
internal sealed record WovenMethod(
    int Id, TypeDefinition Type, MethodDefinition Method, StateMachine? Machine, IReadOnlyList<FrameVariable> Variables, RecorderReferences Recorder)
{
    public MethodBody Body => Method.Body;

    /// <summary>A place for something of the code that is woven in.</summary>
    public VariableDefinition AddLocal(TypeReference type)
    {
        var local = new VariableDefinition(type);
        if (Body.Variables.Count == 0)
            Body.InitLocals = true;
        Body.Variables.Add(local);
        return local;
    }
}
