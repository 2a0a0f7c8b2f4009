using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mayhem.FrameCapture.Weaver.Variables;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Writes down what was woven, once the instructions of a method are final.</summary>
internal static class MapBuilder
{
    public static MappedMethod Of(WovenMethod woven, MetadataToken token)
    {
        var offsets = new Dictionary<Instruction, int>();
        var size = 0;
        foreach (var instruction in woven.Body.Instructions)
        {
            offsets[instruction] = size;
            size += instruction.GetSize();
        }

        var index = 0;
        return new(token.ToInt32(), woven.Method.Name, size, [.. woven.Variables.Select(variable => Of(variable, variable.Load is null ? -1 : index++, offsets))]);
    }

    private static MappedVariable Of(FrameVariable variable, int index, Dictionary<Instruction, int> offsets) => new(
        variable.Kind,
        variable.Name,
        SourceTypeNames.Of(variable.Type),
        variable.Omission,
        index,
        ScopeStart: variable.Scope is { } scope ? offsets.GetValueOrDefault(scope.Start) : 0,
        ScopeEnd: variable.Scope?.End is { } end ? offsets.GetValueOrDefault(end, int.MaxValue) : int.MaxValue,
        FirstStore: variable.FirstStore is { } store ? offsets.GetValueOrDefault(store, -1) : -1,
        variable.SharesItsPlace);
}
