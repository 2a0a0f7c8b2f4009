namespace Mayhem.Failures;

/// <summary>Walks through wrapped exceptions.</summary>
public static class ExceptionChain
{
    /// <summary>How many exceptions of one chain are looked at: enough for any cause, and an end for chains that were built by a mistake.</summary>
    public const int Longest = 32;

    /// <summary>The exception, then what it wraps, outermost first; all branches of an <see cref="AggregateException"/>.</summary>
    public static IEnumerable<Exception> Of(Exception exception)
    {
        var waiting = new Queue<Exception>();
        waiting.Enqueue(exception);
        for (var count = 0; count < Longest && waiting.TryDequeue(out var current); count++)
        {
            yield return current;
            if (current is AggregateException aggregate)
            {
                foreach (var inner in aggregate.InnerExceptions)
                    waiting.Enqueue(inner);
            }
            else if (current.InnerException is { } inner)
            {
                waiting.Enqueue(inner);
            }
        }
    }
}
