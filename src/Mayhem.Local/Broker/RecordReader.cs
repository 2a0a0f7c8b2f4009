using System.Buffers.Binary;
using System.Text;

namespace Mayhem.Local.Broker;

/// <summary>Reads what <see cref="RecordWriter"/> wrote.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> rest = record;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)value;
        }
    }

    public int Int() => checked((int)Number());

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ReadOnlySpan<byte> Bytes() => Take(Int());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText() => Bool() ? Text() : null;

    public DateTimeOffset Time() => new(Fixed(), TimeSpan.Zero);

    public DateTimeOffset? OptionalTime() => Bool() ? Time() : null;

    public TimeSpan? OptionalSpan() => Bool() ? new TimeSpan(Fixed()) : null;

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length)
            throw new InvalidDataException("A record of the broker's journal is shorter than its fields.");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
