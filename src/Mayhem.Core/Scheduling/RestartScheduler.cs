using Mayhem.Messages;
using Microsoft.Extensions.Logging;

namespace Mayhem.Scheduling;

/// <summary>Publishes the requests of each slot once it has begun. Whatever could not be published is published with the next turn, under the same ids. Turns come one after the other.</summary>
/// <param name="schedule">Which hosts.</param>
/// <param name="publish">Sends a request to the queue.</param>
/// <param name="timeProvider">The wall clock.</param>
/// <param name="logger">Hears of what was published.</param>
public sealed class RestartScheduler(RestartSchedule schedule, Func<RestartRequest, CancellationToken, Task> publish, TimeProvider timeProvider, ILogger<RestartScheduler> logger) : IDisposable
{
    /// <summary>A turn makes up for so many slots that were missed, while the process was asleep or the queue out of reach; older ones are over.</summary>
    public const int MostMissed = 5;

    private readonly SemaphoreSlim turn = new(1);
    private TimeSlot? done;

    /// <summary>Takes a turn: publishes what has come due since the last one, or in the current slot if there was none.</summary>
    /// <returns>How many requests were published.</returns>
    /// <exception cref="Exception">What the queue says; the next turn tries again.</exception>
    public async Task<int> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var current = TimeSlot.At(timeProvider.GetUtcNow());
            var earliest = new TimeSlot(current.Number - MostMissed);
            var published = 0;
            for (var slot = done is not { } last ? current : last.Number < earliest.Number ? earliest : last.Next; slot.Number <= current.Number; slot = slot.Next)
            {
                published += await PublishAsync(slot, cancellationToken);
                done = slot;
            }
            return published;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => turn.Dispose();

    private async Task<int> PublishAsync(TimeSlot slot, CancellationToken cancellationToken)
    {
        var requests = schedule.RequestsIn(slot);
        foreach (var request in requests)
        {
            await publish(request, cancellationToken);
            Log.RestartScheduled(logger, request.Host, request.Group, request.RequestId);
        }
        return requests.Count;
    }
}
