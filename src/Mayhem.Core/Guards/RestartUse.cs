namespace Mayhem.Guards;

/// <summary>What became of an attempt, as far as limits care.</summary>
public enum UseState
{
    /// <summary>Its intent is on record: its host may be restarted at any moment.</summary>
    Begun,

    /// <summary>The target has accepted it.</summary>
    Issued,

    /// <summary>It ended well.</summary>
    Restarted,

    /// <summary>It was issued, and failed: its host may not be well.</summary>
    Failed,

    /// <summary>It certainly was not issued: it counts for nothing.</summary>
    GivenBack,
}

/// <summary>One attempt, and what it took of the limits of its group. Dry runs take nothing.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Host">The host.</param>
/// <param name="Group">The host's group when the intent was recorded.</param>
/// <param name="TakenAt">When its right to act was given last: with its intent, or when somebody took the attempt over and passed the limits again.</param>
/// <param name="State">What became of it.</param>
/// <param name="EndedAt">When it ended; null while it has not, or nobody can tell.</param>
public sealed record RestartUse(string RequestId, int Attempt, string Host, string Group, DateTimeOffset TakenAt, UseState State = UseState.Begun, DateTimeOffset? EndedAt = null)
{
    /// <summary>True if its host may be being restarted at a time.</summary>
    /// <param name="at">The time.</param>
    /// <param name="longest">For how long a restart whose end is not on record counts as under way.</param>
    public bool IsRunning(DateTimeOffset at, TimeSpan longest) => State is UseState.Begun or UseState.Issued && TakenAt + longest > at;

    /// <summary>When it ended, or must have; the given time while it runs.</summary>
    internal DateTimeOffset EndBy(DateTimeOffset at, TimeSpan longest) => EndedAt ?? (TakenAt + longest > at ? at : TakenAt + longest);
}
