namespace Mayhem.Reporting.Document;

/// <summary>One log line before a failure.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Level">Its level.</param>
/// <param name="Category">Who wrote it.</param>
/// <param name="Text">The line, redacted and bounded.</param>
public sealed record Breadcrumb(DateTimeOffset At, string Level, string Category, string Text);
