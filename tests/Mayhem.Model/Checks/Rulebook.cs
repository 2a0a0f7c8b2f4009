using Mayhem.Restarts;

namespace Mayhem.Model.Checks;

/// <summary>What the model expects of one kind of failure: the documented defaults, written down a second time.</summary>
/// <param name="Name">The name that attempts are counted under.</param>
/// <param name="MaxAttempts">How many attempts may fail by it; 0 if none is made after it.</param>
/// <param name="FirstSeconds">The first delay.</param>
/// <param name="CapSeconds">The longest delay.</param>
/// <param name="DeadLetterReason">The reason, where it is dead-lettered at once.</param>
/// <param name="EndsProcess">True if the process must not go on after it.</param>
internal sealed record ExpectedRule(string Name, int MaxAttempts, double FirstSeconds, double CapSeconds, string? DeadLetterReason = null, bool EndsProcess = false)
{
    private const double Jitter = 0.2;

    /// <summary>The shortest and the longest delay after so many failures.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) Delay(int failures, Exception failure)
    {
        if (Rulebook.CauseOf(failure) is RestartThrottledException throttled)
            return (throttled.RetryAfter, throttled.RetryAfter);
        var plain = Math.Min(FirstSeconds * Math.Pow(2, failures - 1), CapSeconds);
        return (TimeSpan.FromSeconds(plain * (1 - Jitter)), TimeSpan.FromSeconds(Math.Min(plain * (1 + Jitter), CapSeconds)));
    }
}

/// <summary>Finds the expected rule of an exception.</summary>
internal static class Rulebook
{
    private static readonly ExpectedRule OutOfMemory = new("System.OutOfMemoryException", 0, 0, 0, EndsProcess: true);
    private static readonly ExpectedRule NotFound = new("Mayhem.Restarts.HostNotFoundException", 0, 0, 0, "Fatal:HostNotFoundException");
    private static readonly ExpectedRule Denied = new("Mayhem.Restarts.RestartDeniedException", 0, 0, 0, "Denied");
    private static readonly ExpectedRule Throttled = new("Mayhem.Restarts.RestartThrottledException", 10, 0, 0);
    private static readonly ExpectedRule Failed = new("Mayhem.Restarts.RestartFailedException", 4, 1, 60);
    private static readonly ExpectedRule TimedOut = new("System.TimeoutException", 5, 2, 300);
    private static readonly ExpectedRule Cancelled = new("System.OperationCanceledException", 5, 2, 300);
    private static readonly ExpectedRule Broken = new("System.IO.IOException", 5, 1, 60);
    private static readonly ExpectedRule NoIntent = new("Mayhem.Restarts.IntentNotRecordedException", 8, 2, 300);
    private static readonly ExpectedRule NoLook = new("Mayhem.Restarts.LedgerNotReadException", 8, 2, 300);
    private static readonly ExpectedRule NoOutcome = new("Mayhem.Restarts.OutcomeNotRecordedException", 8, 2, 300);
    private static readonly ExpectedRule Surprise = new("System.Exception", 3, 1, 30);

    public static ExpectedRule Of(Exception failure) => IsFatalToProcess(failure) ? OutOfMemory : CauseOf(failure) switch
    {
        HostNotFoundException => NotFound,
        RestartDeniedException => Denied,
        RestartThrottledException => Throttled,
        RestartFailedException => Failed,
        TimeoutException => TimedOut,
        OperationCanceledException => Cancelled,
        IOException => Broken,
        IntentNotRecordedException => NoIntent,
        LedgerNotReadException => NoLook,
        OutcomeNotRecordedException => NoOutcome,
        _ => Surprise,
    };

    public static ExpectedRule? Named(string name) =>
        Array.Find([Throttled, Failed, TimedOut, Cancelled, Broken, NoIntent, NoLook, NoOutcome, Surprise], rule => rule.Name == name);

    public static Exception CauseOf(Exception failure) => failure is AggregateException { InnerException: { } inner } ? inner : failure;

    private static bool IsFatalToProcess(Exception? failure) => failure is OutOfMemoryException || (failure is not null && IsFatalToProcess(failure.InnerException));
}
