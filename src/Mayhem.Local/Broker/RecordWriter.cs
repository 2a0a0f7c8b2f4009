using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Mayhem.Local.Broker;

/// <summary>Writes the fields of a journal record: numbers of variable length, lengths before contents, everything little-endian.</summary>
internal sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => buffer.WrittenMemory;

    public void Clear() => buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number from 0 on.</summary>
    public void Number(long value)
    {
        for (var rest = (ulong)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                Byte((byte)rest);
                return;
            }
            Byte((byte)(rest | 0x80));
        }
    }

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        buffer.Write(value);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        buffer.Advance(Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }

    public void OptionalText(string? value)
    {
        Bool(value is not null);
        if (value is not null)
            Text(value);
    }

    public void Time(DateTimeOffset value) => Fixed(value.UtcTicks);

    public void OptionalTime(DateTimeOffset? value) => OptionalFixed(value?.UtcTicks);

    public void OptionalSpan(TimeSpan? value) => OptionalFixed(value?.Ticks);

    private void OptionalFixed(long? value)
    {
        Bool(value is not null);
        if (value is { } given)
            Fixed(given);
    }
}
