namespace Mayhem.Reporting.Document;

/// <summary>A named value as text.</summary>
/// <param name="Name">The name in the source.</param>
/// <param name="Type">The type in readable form, such as <c>List&lt;String&gt;</c>.</param>
/// <param name="Value">The value as text, redacted and bounded.</param>
public sealed record ReportedValue(string Name, string Type, string Value);
