using System.Runtime.CompilerServices;
using Mayhem.FrameCapture.Maps;

namespace Mayhem.FrameCapture.Recording;

/// <summary>Picks the variables of a frame that meant something where the exception came from.</summary>
internal static class VariablesInScope
{
    /// <param name="method">The method's map.</param>
    /// <param name="values">The frame's values.</param>
    /// <param name="ilOffset">Where the exception came from; -1 if that is not known.</param>
    public static IEnumerable<CapturedVariable> Of(MappedMethod method, object?[] values, int ilOffset)
    {
        foreach (var variable in method.Variables)
        {
            if (ilOffset >= 0 && (ilOffset < variable.ScopeStart || ilOffset >= variable.ScopeEnd))
                continue;
            if (ilOffset < 0 && variable.SharesItsPlace)
                continue;
            var value = variable.Index >= 0 && variable.Index < values.Length ? values[variable.Index] : null;
            yield return new(variable, StateOf(variable, value, ilOffset), value);
        }
    }

    private static VariableState StateOf(MappedVariable variable, object? value, int ilOffset) => variable.Omission switch
    {
        Omission.Sensitive => VariableState.Sensitive,
        Omission.CannotBeBoxed => VariableState.NotCapturable,
        _ when variable.FirstStore >= 0 && ilOffset >= 0 && ilOffset < variable.FirstStore && IsDefault(value) => VariableState.NotAssigned,
        _ => VariableState.Known,
    };

    // Code that jumps back may come by before the first store with a value: only a default can be "not assigned yet".
    private static bool IsDefault(object? value)
    {
        if (value is null)
            return true;
        var type = value.GetType();
        return (type.IsPrimitive || type.IsEnum) && value.Equals(RuntimeHelpers.GetUninitializedObject(type));
    }
}
