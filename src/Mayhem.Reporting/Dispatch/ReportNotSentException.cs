namespace Mayhem.Reporting.Dispatch;

/// <summary>A report did not arrive, and the other side said what to do about it.</summary>
public sealed class ReportNotSentException : Exception
{
    /// <summary>It may be sent again, after the usual delay.</summary>
    public ReportNotSentException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>True if the other side will never take this report: sending it again would be in vain.</summary>
    public bool Refused { get; init; }

    /// <summary>How long the other side wants to be left alone; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
