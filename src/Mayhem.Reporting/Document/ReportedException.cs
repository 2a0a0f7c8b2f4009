namespace Mayhem.Reporting.Document;

/// <summary>One exception of the chain.</summary>
/// <param name="Type">The full name of its type.</param>
/// <param name="Message">Its message.</param>
/// <param name="HResult">Its HRESULT.</param>
/// <param name="InnerOf">The index in the chain of the exception that holds this one; null for the outermost.</param>
/// <param name="Frames">Its frames, innermost first.</param>
/// <param name="Properties">What its type adds to an exception (fields, not getters), and its <see cref="Exception.Data"/>.</param>
public sealed record ReportedException(
    string Type, string Message, int HResult, int? InnerOf, IReadOnlyList<ReportedFrame> Frames, IReadOnlyList<ReportedValue> Properties);
