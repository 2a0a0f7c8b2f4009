using System.Collections;

namespace Mayhem.Failures;

/// <summary>Walks through wrapped exceptions.</summary>
public static class ExceptionChain
{
    /// <summary>How many exceptions of one chain are looked at: enough for any cause, and an end for chains that were built by a mistake.</summary>
    public const int Longest = 32;

    /// <summary>The exception, then what it wraps, outermost first; all branches of an <see cref="AggregateException"/>.</summary>
    public static ExceptionLinks Of(Exception exception) => new(exception);
}

/// <summary>The exceptions of a chain. To walk through one without branches allocates nothing.</summary>
/// <param name="outermost">Where it begins.</param>
public readonly struct ExceptionLinks(Exception outermost) : IEnumerable<Exception>
{
    /// <summary>Begins.</summary>
    public Walk GetEnumerator() => new(outermost);

    IEnumerator<Exception> IEnumerable<Exception>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A walk through a chain.</summary>
    public struct Walk : IEnumerator<Exception>
    {
        private Exception? next;
        private Queue<Exception>? branches;
        private int count;

        internal Walk(Exception outermost)
        {
            next = outermost;
            Current = outermost;
        }

        /// <inheritdoc />
        public Exception Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc />
        public bool MoveNext()
        {
            if (count == ExceptionChain.Longest || (next ?? (branches is { Count: > 0 } ? branches.Dequeue() : null)) is not { } current)
                return false;
            count++;
            Current = current;
            next = branches is null && current is not AggregateException ? current.InnerException : null;
            if (current is AggregateException aggregate)
            {
                branches ??= new Queue<Exception>();
                foreach (var inner in aggregate.InnerExceptions)
                    branches.Enqueue(inner);
            }
            else if (branches is not null && current.InnerException is { } inner)
            {
                branches.Enqueue(inner);
            }

            return true;
        }

        /// <inheritdoc />
        readonly void IEnumerator.Reset() => throw new NotSupportedException("A walk through exceptions begins once.");

        /// <inheritdoc />
        public readonly void Dispose()
        {
        }
    }
}
