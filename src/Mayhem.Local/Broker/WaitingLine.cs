namespace Mayhem.Local.Broker;

/// <summary>Somebody who waits for something to receive.</summary>
/// <param name="take">Takes it, when it is there.</param>
/// <param name="forGood">Whether it is gone then.</param>
internal sealed class Waiter<T>(Func<Moment, T> take, bool forGood) : TaskCompletionSource<Taken<T>>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Func<Moment, T> Take => take;

    public bool ForGood => forGood;
}

/// <summary>What was taken, and when that is durable.</summary>
internal sealed record Taken<T>(T Value, Task Durable);

/// <summary>Those who wait for the same thing: first come, first served. Guarded by the lock of the queue.</summary>
/// <param name="hasSomething">True if the first in the line can be served, well or with an error.</param>
internal sealed class WaitingLine<T>(Func<bool> hasSomething)
{
    private readonly LinkedList<Waiter<T>> waiters = [];
    private readonly Dictionary<Waiter<T>, LinkedListNode<Waiter<T>>> places = [];

    public bool IsEmpty => waiters.Count == 0;

    public void Join(Waiter<T> waiter) => places.Add(waiter, waiters.AddLast(waiter));

    /// <summary>True if the waiter was still in the line: then nobody else ends its wait.</summary>
    public bool Leave(Waiter<T> waiter)
    {
        if (!places.Remove(waiter, out var place))
            return false;
        waiters.Remove(place);
        return true;
    }

    /// <summary>Serves as many as can be served.</summary>
    public void Serve(Moment now, Func<bool, Task> commit)
    {
        while (waiters.First is { Value: var waiter } && hasSomething())
        {
            Leave(waiter);
            try
            {
                var taken = waiter.Take(now);
                waiter.SetResult(new Taken<T>(taken, commit(waiter.ForGood)));
            }
            catch (Exception refused)
            {
                waiter.SetException(refused);
            }
        }
    }

    public void FailAll(Func<Exception> failure)
    {
        while (waiters.First is { Value: var waiter })
        {
            Leave(waiter);
            waiter.SetException(failure());
        }
    }
}
