namespace Mayhem.Reporting.Text;

/// <summary>What a piece of text is to its reader.</summary>
internal enum Ink
{
    /// <summary>As the rest.</summary>
    Plain,

    /// <summary>What to look at first.</summary>
    Strong,

    /// <summary>What is there for completeness.</summary>
    Faint,

    /// <summary>What went wrong.</summary>
    Alarm,

    /// <summary>The name of a value.</summary>
    Name,
}
