using System.Reflection;
using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Names;
using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture;

/// <summary>A frame of a woven method that an exception passed through, with what was in it.</summary>
public sealed class CapturedFrame
{
    private readonly object?[] values;
    private readonly MappedMethod map;

    private CapturedFrame(MethodBase method, MappedMethod map, object?[] values)
    {
        Method = method;
        this.map = map;
        this.values = values;
    }

    /// <summary>The method as it is in the stack trace: a state machine's <c>MoveNext</c> for an async method.</summary>
    public MethodBase Method { get; }

    /// <summary>The method as its author knows it, without the namespace: <c>RestartWorkflow.RunAsync(RestartRequest request)</c>.</summary>
    public string Name => MethodFacts.Of(Method).Name;

    /// <summary>Its variables: this, arguments, locals, closures. Those known not to be in scope at the throw are left out.</summary>
    /// <param name="ilOffset">Where in the method the exception came from, as a stack frame gives it; -1 if that is not known.</param>
    public IReadOnlyList<CapturedVariable> Variables(int ilOffset = -1) =>
        [.. VariablesInScope.Of(map, values, IsWhatWasWoven ? ilOffset : -1)];

    /// <summary>The frame that was recorded; null if its assembly was rewritten since so that its method cannot be found.</summary>
    internal static CapturedFrame? Of(RecordedFrame recorded) =>
        Type.GetTypeFromHandle(recorded.Type) is { } type && FrameMap.Find(type.Assembly, recorded.Id) is { } map
            && MethodLookup.Find(type, map) is { } method
            ? new CapturedFrame(method, map, recorded.Values)
            : null;

    // Coverage tools rewrite methods after the weaver.
    private bool IsWhatWasWoven => MethodFacts.Of(Method).CodeSize == map.CodeSize;
}
