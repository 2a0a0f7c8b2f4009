namespace Mayhem.Model.Worlds;

/// <summary>How one attempt within a delivery ended, as far as the world can see.</summary>
internal enum AttemptEnd
{
    /// <summary>It has not, or nobody was asked.</summary>
    None,

    /// <summary>The restart ended well, now or before.</summary>
    Done,

    /// <summary>Somebody else is carrying it out.</summary>
    ElsewhereInFlight,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>A failure that reached the processor.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="At">The wall clock then.</param>
/// <param name="Since">The monotonic clock then.</param>
internal sealed record SeenFailure(Exception Exception, DateTimeOffset At, TimeSpan Since);
