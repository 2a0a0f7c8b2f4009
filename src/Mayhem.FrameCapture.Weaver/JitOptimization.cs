using System.Diagnostics;
using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>
/// Lets the JIT optimise an assembly that was compiled without optimisation. The compiler does not optimise so that all local variables remain;
/// the JIT can all the same.
/// </summary>
internal static class JitOptimization
{
    private const int Forbidden = (int)(DebuggableAttribute.DebuggingModes.DisableOptimizations | DebuggableAttribute.DebuggingModes.EnableEditAndContinue);

    public static void Allow(AssemblyDefinition assembly)
    {
        foreach (var attribute in assembly.CustomAttributes)
        {
            if (attribute.AttributeType.Name == nameof(DebuggableAttribute) && attribute.ConstructorArguments is [{ Value: int modes } argument])
                attribute.ConstructorArguments[0] = new CustomAttributeArgument(argument.Type, modes & ~Forbidden);
        }
    }
}
