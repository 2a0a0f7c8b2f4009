using System.Reflection;
using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Names;
using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture;

/// <summary>A frame of a woven method that an exception passed through, with what was in it.</summary>
public sealed class CapturedFrame
{
    private readonly RecordedFrame recorded;
    private readonly MappedMethod? map;

    internal CapturedFrame(RecordedFrame recorded)
    {
        this.recorded = recorded;
        Method = MethodBase.GetMethodFromHandle(recorded.Method, recorded.Type)
            ?? throw new InvalidOperationException("A recorded frame has a method that cannot be found.");
        map = FrameMap.Find(Method.Module.Assembly, recorded.Id);
    }

    /// <summary>The method as it is in the stack trace: a state machine's <c>MoveNext</c> for an async method.</summary>
    public MethodBase Method { get; }

    /// <summary>The method as its author knows it, without the namespace: <c>RestartWorkflow.RunAsync(RestartRequest request)</c>.</summary>
    public string Name => MethodFacts.Of(Method).Name;

    /// <summary>Its variables: this, arguments, locals, closures. Those known not to be in scope at the throw are left out.</summary>
    /// <param name="ilOffset">Where in the method the exception came from, as a stack frame gives it; -1 if that is not known.</param>
    public IReadOnlyList<CapturedVariable> Variables(int ilOffset = -1) =>
        map is null ? [] : [.. VariablesInScope.Of(map, recorded.Values, IsWhatWasWoven ? ilOffset : -1)];

    // Coverage tools rewrite methods after the weaver.
    private bool IsWhatWasWoven => MethodFacts.Of(Method).CodeSize == map?.CodeSize;
}
