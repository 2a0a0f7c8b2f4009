using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Tests.Weaving;

public class SequencePointTests
{
    private static readonly string Woven = Path.Combine(AppContext.BaseDirectory, "Mayhem.FrameCapture.Samples.dll");
    private static readonly string Unwoven = Path.Combine(AppContext.BaseDirectory, "Mayhem.FrameCapture.Samples.Unwoven.dll");

    [Fact]
    public void SequencePoints_OfWovenMethods_AreInOrderAndNameTheLinesOfTheUnwovenTwin()
    {
        using var woven = Read(Woven);
        using var unwoven = Read(Unwoven);
        var twins = Methods(unwoven).ToDictionary(method => method.FullName, StringComparer.Ordinal);
        foreach (var method in Methods(woven))
        {
            var offsets = method.DebugInformation.SequencePoints.Select(point => point.Offset).ToArray();
            Assert.Equal(offsets.Order(), offsets);
            Assert.Equal(Lines(twins[method.FullName]), Lines(method));
        }
    }

    [Fact]
    public void AsyncStepping_OfWovenMethods_PointsAtTheInstructionsOfTheUnwovenTwin()
    {
        using var woven = Read(Woven);
        using var unwoven = Read(Unwoven);
        var twins = Methods(unwoven).ToDictionary(method => method.FullName, StringComparer.Ordinal);
        var checkedMethods = 0;
        foreach (var method in Methods(woven))
        {
            var steps = Steps(method);
            Assert.Equal(Steps(twins[method.FullName]), steps);
            checkedMethods += steps.Length > 0 ? 1 : 0;
        }

        Assert.True(checkedMethods > 10);
    }

    private static ModuleDefinition Read(string assembly) => ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true });

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.DebugInformation.HasSequencePoints && method.Body is not null);

    private static int[] Lines(MethodDefinition method) =>
        [.. method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).Select(point => point.StartLine).Distinct().Order()];

    // Where the debugger goes to sleep and wakes up: the instructions by what they do.
    private static string[] Steps(MethodDefinition method) =>
    [
        .. method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .SelectMany(steps => steps.Yields.Concat(steps.Resumes))
            .Select(place => method.Body.Instructions.Single(instruction => instruction.Offset == place.Offset))
            .Select(instruction => $"{instruction.OpCode.Name.Split('.')[0]} {(instruction.Operand as FieldReference)?.Name}"),
    ];
}
