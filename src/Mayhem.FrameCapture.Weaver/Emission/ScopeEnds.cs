using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>Scopes that end with their method hold its length as a number. It is going to change.</summary>
internal static class ScopeEnds
{
    public static void Release(MethodDefinition method)
    {
        if (method.DebugInformation.Scope is { } root)
            Release(root, method.Body.Instructions[^1].Offset);
    }

    private static void Release(ScopeDebugInformation scope, int last)
    {
        if (!scope.End.IsEndOfMethod && scope.End.Offset > last)
            scope.End = default;
        foreach (var inner in scope.Scopes)
            Release(inner, last);
    }
}
