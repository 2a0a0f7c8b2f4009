using Mayhem.Messages;

namespace Mayhem.Restarts;

/// <summary>Something that can restart hosts. Issuing and watching are apart, so that an accepted restart is watched again after a crash and never issued twice.</summary>
public interface IRestartTarget
{
    /// <summary>
    /// Starts the restart. Must be issued at most once for one <see cref="RestartOrder"/> (request id and attempt).
    /// </summary>
    /// <exception cref="HostNotFoundException">There is no such host.</exception>
    /// <exception cref="RestartDeniedException">The host must not be restarted.</exception>
    /// <exception cref="RestartRefusedException">The target does not restart the host, and will not.</exception>
    /// <exception cref="MalformedHostException">The host's name does not lead to a target.</exception>
    /// <exception cref="RestartThrottledException">The target asks to come back later.</exception>
    /// <exception cref="AmbiguousRestartException">It cannot be told whether the restart was issued.</exception>
    /// <exception cref="RestartFailedException">The restart was not issued, and may be tried again.</exception>
    Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken);

    /// <summary>Waits until the issued restart has ended well. Cancelling stops the waiting, not the restart.</summary>
    /// <exception cref="RestartFailedException">The restart has ended, and not well; it may be issued again as a new attempt.</exception>
    /// <exception cref="AmbiguousRestartException">The operation is not known any more.</exception>
    Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken);

    /// <summary>Finds out whether this very order was issued, after a crash or an ambiguous answer; null if it was not. Whatever it throws leaves that open.</summary>
    Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken);
}

/// <summary>One attempt to carry out one request.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Attempt">The attempt's number by the ledger, from 1. It grows only after an attempt that certainly failed.</param>
/// <param name="IntentAt">When the intent of this attempt was recorded: whatever became of the host before, this order was not the cause.</param>
public sealed record RestartOrder(RestartRequest Request, int Attempt, DateTimeOffset IntentAt);

/// <summary>A restart that the target has accepted.</summary>
/// <param name="Operation">What the target needs to find the restart again: an URL, a process id …</param>
/// <param name="OldProcessId">The process that was replaced, for targets that know it.</param>
/// <param name="NewProcessId">The process that replaced it, for targets that know it.</param>
/// <param name="DryRun">True if nothing was done, and only the decision is to be recorded.</param>
public sealed record IssuedRestart(string Operation, int? OldProcessId = null, int? NewProcessId = null, bool DryRun = false);
