using System.Buffers;

namespace Mayhem.Journal;

/// <summary>Records that are written and flushed together, and share one fate.</summary>
internal sealed class RecordBatch : JournalWork
{
    /// <summary>From here on a new batch is begun.</summary>
    public const int FullBytes = 4 << 20;

    private TaskCompletionSource? durable;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Bytes { get; private set; }

    public int Records { get; private set; }

    /// <summary>True if somebody has asked for <see cref="Durable"/>.</summary>
    public bool IsAwaited => durable is not null;

    public Task Durable => (durable ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public static int BytesOf(ReadOnlySpan<byte> payload) => RecordFrame.HeaderBytes + payload.Length;

    public void Add(ReadOnlySpan<byte> payload)
    {
        var needed = Bytes + BytesOf(payload);
        if (needed > buffer.Length)
            Grow(needed);
        var frame = buffer.AsSpan(Bytes);
        RecordFrame.WriteLength(frame, payload.Length);
        payload.CopyTo(frame[RecordFrame.HeaderBytes..]);
        Bytes = needed;
        Records++;
    }

    /// <summary>The bytes to write at this position.</summary>
    public ReadOnlySpan<byte> Seal(long position)
    {
        for (var offset = 0; offset < Bytes;)
            offset += RecordFrame.Seal(buffer.AsSpan(offset, Bytes - offset), position + offset);
        return buffer.AsSpan(0, Bytes);
    }

    /// <summary>Empties the batch for another use of its memory.</summary>
    public void Clear()
    {
        Bytes = 0;
        Records = 0;
    }

    /// <summary>Its records are durable.</summary>
    public void Complete()
    {
        Release();
        durable?.SetResult();
    }

    public override void Fail(Exception failure)
    {
        Release();
        durable?.TrySetException(failure);
    }

    public void Release()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, Bytes).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
