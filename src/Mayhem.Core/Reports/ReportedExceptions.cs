using System.Runtime.CompilerServices;
using Mayhem.Failures;

namespace Mayhem.Reports;

/// <summary>
/// Remembers which exceptions have been reported, for as long as they live, so that a handler further out does not report them again.
/// Wrapping an exception does not make it another failure: the whole chain counts.
/// </summary>
public sealed class ReportedExceptions
{
    private readonly ConditionalWeakTable<Exception, object> reported = [];
    private readonly Lock gate = new();

    /// <summary>Marks an exception and everything inside it. False if it, or anything inside it, was marked before.</summary>
    public bool TryMark(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        lock (gate)
        {
            var first = true;
            foreach (var link in ExceptionChain.Of(exception))
                first &= reported.TryAdd(link, link.GetType());
            return first;
        }
    }
}
