using System.Reflection;
using System.Runtime.CompilerServices;
using Mayhem.FrameCapture;
using Mayhem.Redaction;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Building;

/// <summary>The frames that an exception passed through, with what was captured of them.</summary>
internal static class ReportedFrames
{
    private const int Most = 100;
    private const int MostValues = 40;

    private static readonly ConditionalWeakTable<Assembly, string> AssemblyNames = [];

    /// <summary>Innermost first, at most 100: of more, the first and the last ones.</summary>
    public static IReadOnlyList<ReportedFrame> Of(Exception exception, Budget budget)
    {
        var frames = TracedFrames.Of(exception).Where(frame => !IsPlumbing(frame.Method?.DeclaringType)).ToList();
        if (frames.Count > Most)
            frames.RemoveRange(Most / 2, frames.Count - Most);
        return frames.ConvertAll(frame => Of(frame, budget));
    }

    private static ReportedFrame Of(TracedFrame frame, Budget budget) => new(
        frame.Name,
        frame.DeclaringType ?? "",
        frame.Method is { } method ? AssemblyNames.GetValue(method.Module.Assembly, static assembly => assembly.GetName().Name ?? "") : "",
        frame.File,
        frame.Line,
        frame.IsCaptured || OurCode.Includes(frame.Method?.DeclaringType),
        Values(frame, budget, variable => variable.Kind is VariableKind.This or VariableKind.Argument),
        Values(frame, budget, variable => variable.Kind is VariableKind.Local or VariableKind.Closure),
        frame.IsInTrace);

    private static IReadOnlyList<ReportedValue> Values(TracedFrame frame, Budget budget, Func<CapturedVariable, bool> which) => frame.Variables.Count == 0
        ? []
        : budget.Take(frame.Variables.Where(which).Take(MostValues).Select(Value), value => value.Value.Length);

    private static ReportedValue Value(CapturedVariable variable) => new(
        variable.Name, variable.Type, Redactor.Text(variable.Format(variable.Kind == VariableKind.This ? ReportValues.OfThis : ReportValues.Formatter)));

    // What the compiler calls around an await, and what throws an exception on.
    private static bool IsPlumbing(Type? type) => type?.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices";
}
