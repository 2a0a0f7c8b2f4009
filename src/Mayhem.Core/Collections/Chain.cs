namespace Mayhem.Collections;

/// <summary>An item of a <see cref="Chain{T}"/>, for whose use these are. It is in one chain at most.</summary>
public interface IChained<T>
{
    /// <summary>The item before; null at the start.</summary>
    T? Previous { get; set; }

    /// <summary>The item after; null at the end.</summary>
    T? Next { get; set; }
}

/// <summary>
/// Items in the order in which they were added, linked to each other, so that none costs an object more and any is removed in O(1); and one walker, who goes on while
/// items come and go. Not thread-safe.
/// </summary>
public sealed class Chain<T>
    where T : class, IChained<T>
{
    private T? first;
    private T? ahead;

    /// <summary>The item that was added last; null if there is none.</summary>
    public T? Last { get; private set; }

    /// <summary>All items, in order. None may come or go meanwhile.</summary>
    public IEnumerable<T> Items
    {
        get
        {
            for (var item = first; item is not null; item = item.Next)
                yield return item;
        }
    }

    /// <summary>Adds an item at the end.</summary>
    public void Add(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Previous = Last;
        if (Last is null)
            first = item;
        else
            Last.Next = item;
        Last = item;
    }

    /// <summary>Takes out an item that is in the chain.</summary>
    public void Remove(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item == ahead)
            ahead = item.Next;
        if (item.Previous is null)
            first = item.Next;
        else
            item.Previous.Next = item.Next;
        if (item.Next is null)
            Last = item.Previous;
        else
            item.Next.Previous = item.Previous;
    }

    /// <summary>Sends the walker to the start.</summary>
    public void StartWalk() => ahead = first;

    /// <summary>The walker's next item; null at the end.</summary>
    public T? Step()
    {
        var item = ahead;
        ahead = item?.Next;
        return item;
    }
}
