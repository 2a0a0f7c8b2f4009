using System.Runtime.CompilerServices;

namespace Mayhem.Cli.Up.Load;

/// <summary>Generated requests at a pace.</summary>
internal static class GeneratedRequests
{
    /// <summary>Makes requests until there are enough.</summary>
    /// <param name="generator">Makes them up.</param>
    /// <param name="count">How many; null for no end.</param>
    /// <param name="pacer">Says when the next is due.</param>
    /// <param name="cancellationToken">Ends the sequence by an <see cref="OperationCanceledException"/>.</param>
    public static async IAsyncEnumerable<OutgoingRequest> ReadAsync(
        RequestGenerator generator, int? count, Pacer pacer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long made = 0; count is null || made < count; made++)
        {
            await pacer.WaitAsync(cancellationToken);
            yield return generator.Next().Request;
        }
    }
}
