using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver.Selection;

/// <summary>The class the compiler turns an async method or iterator into.</summary>
/// <param name="IsAsync">It catches what its method throws and puts it into a task or the like.</param>
/// <param name="Written">The method as it was written; null if it cannot be found.</param>
internal sealed record StateMachine(bool IsAsync, MethodDefinition? Written)
{
    /// <summary>The state machine a type is; null for other types.</summary>
    public static StateMachine? Of(TypeDefinition type)
    {
        if (type.DeclaringType is null || !type.Name.StartsWith('<'))
            return null;
        if (type.Interfaces.Any(implemented => implemented.InterfaceType.Name == "IAsyncStateMachine"))
            return new(IsAsync: true, WrittenMethod(type));
        var isIterator = type.Name.Contains(">d", StringComparison.Ordinal)
            && type.Interfaces.Any(implemented => implemented.InterfaceType.FullName == "System.Collections.IEnumerator");
        return isIterator ? new(IsAsync: false, WrittenMethod(type)) : null;
    }

    /// <summary>Whether a method only starts a state machine.</summary>
    public static bool IsStartedBy(MethodDefinition method) => method.HasCustomAttributes && method.CustomAttributes.Any(MakesStateMachine);

    private static bool MakesStateMachine(CustomAttribute attribute) =>
        attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute";

    private static MethodDefinition? WrittenMethod(TypeDefinition machine) => machine.DeclaringType.Methods.FirstOrDefault(method =>
        method.HasCustomAttributes && method.CustomAttributes.Any(attribute => MakesStateMachine(attribute)
            && attribute.ConstructorArguments is [{ Value: TypeReference made }] && made.TryResolve() == machine));
}
