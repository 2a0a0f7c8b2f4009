using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;

namespace Mayhem.DeadLetters;

/// <summary>
/// What an operator can do with the dead letters of one queue. Nothing is lost by cancelling or crashing: a message is removed only after the broker has taken what replaces it, and what is
/// sent again has an id that follows from the dead letter, so that doing it twice sends it once.
/// </summary>
public interface IDeadLetterBench
{
    /// <summary>The queue, with its namespace, as <c>mayhem.local/restarts</c>.</summary>
    string Queue { get; }

    /// <summary>Lists dead letters in the order of their numbers.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="from">The number to begin with; <see cref="DeadLetterPage.Next"/> of the page before, or 0.</param>
    /// <param name="size">At most so many: 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, long from, int size, CancellationToken cancellationToken);

    /// <summary>Counts dead letters in groups.</summary>
    Task<DeadLetterCensus> CountAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>Everything about one dead letter; null if there is none of that number.</summary>
    Task<DeadLetterDetails?> FindAsync(long sequenceNumber, CancellationToken cancellationToken);

    /// <summary>
    /// Sends dead letters again, each under a new id and with no attempt used up, and removes them. They pass all guards and limits again. A request that was carried out meanwhile does not
    /// restart its host once more.
    /// </summary>
    /// <exception cref="BenchException">The order cannot be carried out; nothing was done.</exception>
    Task<BenchOutcome> ReplayAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Sends one again with another body, and removes it. The body that it had is kept in the audit.</summary>
    /// <exception cref="BenchException">There is no such dead letter, or the new body is no request, or one for another host under the same request id; nothing was done.</exception>
    Task<BenchOutcome> EditAsync(DeadLetterEdit edit, BenchOrder order, CancellationToken cancellationToken);

    /// <summary>Removes dead letters for good. Their bodies are kept in the audit.</summary>
    /// <exception cref="BenchException">It was not confirmed, or for fewer than match; nothing was done.</exception>
    Task<BenchOutcome> DiscardAsync(DeadLetterFilter filter, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Gives out dead letters as they are, and leaves them where they are.</summary>
    IAsyncEnumerable<MessageDocument> ExportAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>Sends what was exported, as a replay does: under ids that follow from it, so that importing a file again sends nothing twice while the queue remembers ids.</summary>
    /// <exception cref="BenchException">The order cannot be carried out; nothing was done.</exception>
    Task<BenchOutcome> ImportAsync(IAsyncEnumerable<MessageDocument> documents, BenchOrder order, IProgress<BenchProgress>? progress, CancellationToken cancellationToken);
}
