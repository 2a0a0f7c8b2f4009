using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>Keeps woven code out of sight: debuggers do not step into it, and coverage tools do not count it. The file of symbols wants its points in order.</summary>
internal static class SequencePoints
{
    private const int HiddenLine = 0xfeefee;

    public static void AddHiddenAtEnd(MethodDefinition method, Instruction instruction)
    {
        if (method.DebugInformation.HasSequencePoints)
            method.DebugInformation.SequencePoints.Add(Hidden(method, instruction));
    }

    /// <summary>Hides an instruction that is going to be inserted before another one, which was there from the start.</summary>
    public static void AddHiddenBefore(MethodDefinition method, Instruction next, Instruction instruction)
    {
        if (!method.DebugInformation.HasSequencePoints)
            return;
        var points = method.DebugInformation.SequencePoints;
        var place = 0;
        while (place < points.Count && points[place].Offset < next.Offset)
            place++;
        points.Insert(place, Hidden(method, instruction));
        KeepVisible(points, place, next);
    }

    // Without a point of its own, what follows would be hidden, too.
    private static void KeepVisible(Collection<SequencePoint> points, int hidden, Instruction next)
    {
        var hasOwnPoint = hidden + 1 < points.Count && points[hidden + 1].Offset == next.Offset;
        if (hasOwnPoint || hidden == 0)
            return;
        var before = points[hidden - 1];
        points.Insert(hidden + 1, new SequencePoint(next, before.Document)
        {
            StartLine = before.StartLine,
            StartColumn = before.StartColumn,
            EndLine = before.EndLine,
            EndColumn = before.EndColumn,
        });
    }

    private static SequencePoint Hidden(MethodDefinition method, Instruction instruction) =>
        new(instruction, method.DebugInformation.SequencePoints[0].Document) { StartLine = HiddenLine, EndLine = HiddenLine };
}
