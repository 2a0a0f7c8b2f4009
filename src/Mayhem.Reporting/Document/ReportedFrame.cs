namespace Mayhem.Reporting.Document;

/// <summary>One frame of a stack, with the values it held.</summary>
/// <param name="Method">The method in readable form, such as <c>RestartWorkflow.RunAsync(RestartRequest request, String rootId)</c>.</param>
/// <param name="Type">The full name of the type that declares it.</param>
/// <param name="Assembly">The simple name of its assembly.</param>
/// <param name="File">The source file; null without debug symbols.</param>
/// <param name="Line">The line, from 1; 0 without debug symbols.</param>
/// <param name="InOurCode">True for code of this program, false for libraries and the runtime.</param>
/// <param name="Arguments">The values of its arguments, <c>this</c> first.</param>
/// <param name="Locals">The values of its local variables.</param>
/// <param name="InTrace">False for a frame that the exception passed through before it was thrown anew, which the stack trace no longer has.</param>
public sealed record ReportedFrame(
    string Method, string Type, string Assembly, string? File, int Line, bool InOurCode, IReadOnlyList<ReportedValue> Arguments, IReadOnlyList<ReportedValue> Locals,
    bool InTrace = true);
