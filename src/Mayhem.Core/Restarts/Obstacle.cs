using System.Globalization;
using Mayhem.Guards;
using Mayhem.Ledger;

namespace Mayhem.Restarts;

/// <summary>Why a delivery must not go all the way. One of a closed set. What was carried out already is completed all the same.</summary>
internal abstract record Obstacle
{
    private Obstacle(RestartScope scope) => Scope = scope;

    /// <summary>How far the delivery may go.</summary>
    public RestartScope Scope { get; }

    /// <summary>The process died on this message again and again. Watching may have been what killed it, so that nothing but a look is safe.</summary>
    public sealed record HostCrash(int Deaths, int DeliveryCount) : Obstacle(RestartScope.Look)
    {
        public string Description => string.Create(
            CultureInfo.InvariantCulture, $"The process died {Deaths} times while it handled this message, the last time while it handled nothing else (delivery {DeliveryCount}).");
    }

    /// <summary>The rule of the last failure allows no further attempt, and the process died before it could dead-letter the message.</summary>
    public sealed record Exhausted(RecordedFailure Last) : Obstacle(RestartScope.Look);

    /// <summary>The group of the host is left alone for now. A restart that was issued before is watched all the same.</summary>
    public sealed record HeldBack(TimeSpan Delay, string Why) : Obstacle(RestartScope.Watch);

    /// <summary>A guard says no. A restart that was issued before is seen to its end; of a host that is denied, only if it certainly was issued.</summary>
    public sealed record Refused(GuardRefusal Refusal) : Obstacle(Refusal.Guard == Guard.OptIn ? RestartScope.Watch : RestartScope.Find);
}
