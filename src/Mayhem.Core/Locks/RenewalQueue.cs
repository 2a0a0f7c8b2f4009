namespace Mayhem.Locks;

/// <summary>
/// The locks in flight, the next one first. A binary heap whose elements know their place, so that a lock leaves it as cheaply as it enters:
/// most locks end long before their first renewal. Not thread-safe.
/// </summary>
internal sealed class RenewalQueue
{
    private LockHandle[] heap = new LockHandle[16];

    public int Count { get; private set; }

    /// <summary>The lock whose step comes next; null if there is none.</summary>
    public LockHandle? First => Count > 0 ? heap[0] : null;

    /// <summary>All locks, in any order.</summary>
    public LockHandle[] ToArray() => heap[..Count];

    public void Add(LockHandle handle)
    {
        if (Count == heap.Length)
            Array.Resize(ref heap, 2 * Count);
        MoveUp(handle, Count++);
    }

    /// <summary>Removes a lock; nothing happens if it is not in the queue.</summary>
    public void Remove(LockHandle handle)
    {
        var place = handle.Place;
        if (place < 0)
            return;
        handle.Place = LockHandle.Nowhere;
        var last = heap[--Count];
        heap[Count] = null!;
        if (last != handle)
            PutInto(place, last);
    }

    /// <summary>Restores the order after the lock's time has changed, or adds it.</summary>
    public void Update(LockHandle handle)
    {
        if (handle.Place < 0)
            Add(handle);
        else
            PutInto(handle.Place, handle);
    }

    private void PutInto(int place, LockHandle handle)
    {
        if (place > 0 && handle.NextStepAt < heap[(place - 1) / 2].NextStepAt)
            MoveUp(handle, place);
        else
            MoveDown(handle, place);
    }

    private void MoveUp(LockHandle handle, int place)
    {
        while (place > 0 && handle.NextStepAt < heap[(place - 1) / 2].NextStepAt)
        {
            Set(place, heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Set(place, handle);
    }

    private void MoveDown(LockHandle handle, int place)
    {
        while ((2 * place) + 1 < Count)
        {
            var child = (2 * place) + 1;
            if (child + 1 < Count && heap[child + 1].NextStepAt < heap[child].NextStepAt)
                child++;
            if (heap[child].NextStepAt >= handle.NextStepAt)
                break;
            Set(place, heap[child]);
            place = child;
        }

        Set(place, handle);
    }

    private void Set(int place, LockHandle handle)
    {
        heap[place] = handle;
        handle.Place = place;
    }
}
