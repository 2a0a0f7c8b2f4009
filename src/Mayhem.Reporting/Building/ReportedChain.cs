using Mayhem.Redaction;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Building;

/// <summary>An exception with everything it wraps, flattened.</summary>
internal static class ReportedChain
{
    private const int Longest = 10;
    private const int LongestMessage = 8192;

    /// <summary>Outermost first, at most 10; all branches of an <see cref="AggregateException"/>. One that is met again is not repeated.</summary>
    public static IReadOnlyList<ReportedException> Of(Exception exception, Parts parts, Budget budget)
    {
        var chain = new List<ReportedException>();
        var seen = new HashSet<Exception>(ReferenceEqualityComparer.Instance) { exception };
        var waiting = new Queue<(Exception Exception, int? InnerOf)>([(exception, null)]);
        while (chain.Count < Longest && waiting.TryDequeue(out var next))
        {
            foreach (var inner in Inner(next.Exception).Where(seen.Add))
                waiting.Enqueue((inner, chain.Count));
            chain.Add(Of(next.Exception, next.InnerOf, parts, budget));
        }

        return chain;
    }

    private static IEnumerable<Exception> Inner(Exception exception)
    {
        if (exception is AggregateException several)
        {
            foreach (var branch in several.InnerExceptions)
                yield return branch;
        }
        else if (exception.InnerException is { } inner)
        {
            yield return inner;
        }
    }

    private static ReportedException Of(Exception exception, int? innerOf, Parts parts, Budget budget) => new(
        exception.GetType().FullName!,
        Shorten.Text(Redactor.MessageOf(exception), LongestMessage),
        exception.HResult,
        innerOf,
        parts.Read("frames", () => ReportedFrames.Of(exception, budget), []),
        parts.Read("properties", () => ReportedProperties.Of(exception, budget), []));
}
