using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Selection;

/// <summary>Decides which methods are woven: those somebody wrote, in which something can go wrong, and which the JIT would not dissolve in their callers.</summary>
internal static class MethodSelection
{
    // The JIT inlines bodies of up to 16 bytes of IL always; unoptimised IL takes some bytes more to say the same.
    private const int AlwaysInlined = 24;
    private const int RuntimeAsync = 0x2000;

    public static bool IsSelected(TypeDefinition type, MethodDefinition method)
    {
        if (!method.HasBody || method is { IsConstructor: true, IsStatic: true } || method.AggressiveInlining || IsOptedOut(type, method))
            return false;
        if (((int)method.ImplAttributes & RuntimeAsync) != 0 || HasTailCall(method))
            return false;
        if (StateMachine.Of(type) is not null)
            return method.Name == "MoveNext";
        return IsWritten(type, method) && !StateMachine.IsStartedBy(method) && !IsTiny(method) && CanFail(method);
    }

    private static bool IsOptedOut(TypeDefinition type, MethodDefinition method)
    {
        if (method.HasAttribute(nameof(NoFrameCaptureAttribute)))
            return true;
        for (var level = type; level is not null; level = level.DeclaringType)
        {
            if (level.HasAttribute(nameof(NoFrameCaptureAttribute)))
                return true;
        }

        return StateMachine.Of(type)?.Written?.HasAttribute(nameof(NoFrameCaptureAttribute)) == true;
    }

    private static bool HasTailCall(MethodDefinition method) =>
        method.Body.Instructions.Any(instruction => instruction.OpCode == OpCodes.Tail || instruction.OpCode == OpCodes.Jmp);

    // Lambdas, local functions and top-level statements are somebody's code in a compiler's clothes.
    private static bool IsWritten(TypeDefinition type, MethodDefinition method) =>
        method.Name == "<Main>$" || method.Name.Contains(">b__", StringComparison.Ordinal) || method.Name.Contains(">g__", StringComparison.Ordinal)
        || (!method.HasAttribute("CompilerGeneratedAttribute") && !type.HasAttribute("CompilerGeneratedAttribute"));

    private static bool IsTiny(MethodDefinition method) =>
        method.Body.CodeSize < AlwaysInlined && !method.Body.HasExceptionHandlers && !HasLocals(method.DebugInformation.Scope);

    private static bool HasLocals(ScopeDebugInformation? scope) => scope is not null && (scope.HasVariables || scope.Scopes.Any(HasLocals));

    private static bool CanFail(MethodDefinition method) => method.Body.Instructions.Any(instruction =>
        instruction.OpCode.FlowControl is FlowControl.Call or FlowControl.Throw || instruction.OpCode == OpCodes.Newobj || instruction.OpCode == OpCodes.Newarr);
}
