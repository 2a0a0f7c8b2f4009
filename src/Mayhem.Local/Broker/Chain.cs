namespace Mayhem.Local.Broker;

/// <summary>An item of a <see cref="Chain{T}"/>, for whose use these are.</summary>
internal interface IChained<T>
{
    T? Previous { get; set; }

    T? Next { get; set; }
}

/// <summary>Items in the order in which they were added, any of which is removed in O(1), and one walker, who goes on while items come and go.</summary>
internal sealed class Chain<T>
    where T : class, IChained<T>
{
    private T? first;
    private T? last;
    private T? ahead;

    public void Add(T item)
    {
        item.Previous = last;
        if (last is null)
            first = item;
        else
            last.Next = item;
        last = item;
    }

    public void Remove(T item)
    {
        if (item == ahead)
            ahead = item.Next;
        if (item.Previous is null)
            first = item.Next;
        else
            item.Previous.Next = item.Next;
        if (item.Next is null)
            last = item.Previous;
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
