using System.Diagnostics.CodeAnalysis;

namespace Mayhem.Local.Broker;

/// <summary>Orders the items of a heap, and keeps for the heap where each of them lies.</summary>
internal interface IHeapOrder<T>
    where T : class
{
    static abstract bool Precedes(T left, T right);

    static abstract ref int Slot(T item);
}

/// <summary>A binary heap whose items know their place, so that any of them is removed or moved in O(log n). An item must be in at most one heap for each slot it has.</summary>
internal sealed class IndexedHeap<T, TOrder>
    where T : class
    where TOrder : IHeapOrder<T>
{
    private T[] items = new T[4];

    public int Count { get; private set; }

    public T? First => Count == 0 ? null : items[0];

    public void Add(T item)
    {
        if (Count == items.Length)
            Array.Resize(ref items, Count * 2);
        Put(item, Count++);
        Rise(item);
    }

    public void Remove(T item)
    {
        var slot = TOrder.Slot(item);
        var last = items[--Count];
        items[Count] = null!;
        if (!ReferenceEquals(last, item))
        {
            Put(last, slot);
            Update(last);
        }
    }

    /// <summary>Moves an item whose key has changed to where it belongs.</summary>
    public void Update(T item)
    {
        Rise(item);
        Sink(item);
    }

    public bool TryFirst([NotNullWhen(true)] out T? first) => (first = First) is not null;

    private void Put(T item, int slot)
    {
        items[slot] = item;
        TOrder.Slot(item) = slot;
    }

    private void Rise(T item)
    {
        var slot = TOrder.Slot(item);
        while (slot > 0 && TOrder.Precedes(item, items[(slot - 1) / 2]))
        {
            Put(items[(slot - 1) / 2], slot);
            slot = (slot - 1) / 2;
        }
        Put(item, slot);
    }

    private void Sink(T item)
    {
        var slot = TOrder.Slot(item);
        for (var child = 2 * slot + 1; child < Count; child = 2 * slot + 1)
        {
            if (child + 1 < Count && TOrder.Precedes(items[child + 1], items[child]))
                child++;
            if (!TOrder.Precedes(items[child], item))
                break;
            Put(items[child], slot);
            slot = child;
        }
        Put(item, slot);
    }
}
