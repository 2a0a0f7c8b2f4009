using System.Globalization;
using Mayhem.Restarts;

namespace Mayhem.Targets.Operations;

/// <summary>An answer to the question how a restart is going.</summary>
/// <param name="Status">What is known.</param>
/// <param name="RetryAfter">When the server wants to be asked again; null if it does not say.</param>
internal sealed record OperationAnswer(OperationStatus Status, TimeSpan? RetryAfter = null);

/// <summary>Asks again and again how an accepted restart is going, until it has ended. An answer that cannot be had fails nothing: the next one may come.</summary>
/// <param name="interval">How long to wait between questions, unless the server says.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class OperationWatch(TimeSpan interval, TimeProvider timeProvider)
{
    /// <summary>After so many questions in a row without an answer the watch is given up. The restart stays on record as issued, and the next delivery goes on.</summary>
    public const int MostUnanswered = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Waits until it has ended well.</summary>
    /// <param name="host">The host, for messages.</param>
    /// <param name="ask">Asks once.</param>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="cancellationToken">Stops the waiting, not the restart.</param>
    /// <exception cref="RestartFailedException">It has ended, and not well.</exception>
    /// <exception cref="AmbiguousRestartException">The server does not know it any more.</exception>
    /// <exception cref="RestartRefusedException">The server does not let us ask.</exception>
    /// <exception cref="RestartThrottledException">The server wants to be asked much later.</exception>
    /// <exception cref="TimeoutException">It has not ended in time, or there were no answers.</exception>
    public async Task UntilEndAsync(string host, Func<CancellationToken, Task<OperationAnswer>> ask, TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        var unanswered = 0;
        while (true)
        {
            var (status, wait) = await AskAsync(ask, cancellationToken);
            switch (status)
            {
                case OperationStatus.Succeeded:
                    return;
                case OperationStatus.Failed failed:
                    throw new RestartFailedException($"The restart of '{host}' ended as {failed.Status} ({failed.Code}): {failed.Message}");
                case OperationStatus.Unknown:
                    throw new AmbiguousRestartException($"The restart of '{host}' was accepted, but nothing is known of it any more: it cannot be told how it ended.");
                case OperationStatus.NotAllowed denied:
                    throw new RestartRefusedException(string.Create(
                        CultureInfo.InvariantCulture, $"The restart of '{host}' was accepted, but asking how it goes on is answered with status {denied.Status}."));
                case OperationStatus.Unreadable { Throttled: true } when wait > LongestWait:
                    throw new RestartThrottledException($"The restart of '{host}' was accepted; asking how it goes on is throttled.", wait);
                case OperationStatus.Unreadable unreadable when ++unanswered >= MostUnanswered:
                    throw new TimeoutException(string.Create(
                        CultureInfo.InvariantCulture, $"The restart of '{host}' was accepted, but {unanswered} questions in a row had no answer, the last one {unreadable.Why}."));
                case OperationStatus.Running:
                    unanswered = 0;
                    break;
            }

            if (timeProvider.GetElapsedTime(began) >= limit)
                throw new TimeoutException($"The restart of '{host}' was accepted, but has not ended within {limit}.");
            await Task.Delay(wait < LongestWait ? wait : LongestWait, timeProvider, cancellationToken);
        }
    }

    private async Task<(OperationStatus Status, TimeSpan Wait)> AskAsync(Func<CancellationToken, Task<OperationAnswer>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask(cancellationToken);
            return (answer.Status, answer.RetryAfter ?? interval);
        }
        catch (Exception failure) when (Unanswered.Is(failure, cancellationToken))
        {
            return (new OperationStatus.Unreadable($"{failure.GetType().Name}: {failure.Message}", Throttled: false), interval);
        }
    }
}
