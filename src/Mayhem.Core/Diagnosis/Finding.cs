namespace Mayhem.Diagnosis;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Works, but not as it is meant to.</summary>
    Warning,

    /// <summary>The app does not start, or messages are lost, repeated or given up by mistake.</summary>
    Error,
}

/// <summary>One thing that does not fit.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Code">Stable, as <c>MH101</c>; the same for the same kind of finding in all versions.</param>
/// <param name="Key">The setting, key of host.json or property of the queue that it is about.</param>
/// <param name="Message">What is wrong and what comes of it, with the values.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(Severity Severity, string Code, string Key, string Message, string Remedy);
