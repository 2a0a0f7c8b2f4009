namespace Mayhem.Failures;

/// <summary>What must be true of an exception, besides its type, for a rule to hold.</summary>
/// <param name="Holds">Tells whether it is true. Called for exceptions of the rule's type only; one that throws counts as false.</param>
/// <param name="Because">What is true then, in a few words: part of the rule's name.</param>
public sealed record RuleCondition(Func<Exception, bool> Holds, string Because)
{
    private const int LongestText = 100;

    /// <summary>Makes the condition of a rule for one type of exception.</summary>
    /// <exception cref="ArgumentException">The text is blank, longer than 100 characters, or has a ';' or '=', which separate the attempts counted in a message's property.</exception>
    public static RuleCondition Of<TException>(Func<TException, bool> when, string because)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        if (because.Length > LongestText || because.AsSpan().ContainsAny(';', '='))
            throw new ArgumentException($"'{because}' must have at most {LongestText} characters, and no ';' or '='.", nameof(because));
        return new RuleCondition(exception => when((TException)exception), because);
    }
}
