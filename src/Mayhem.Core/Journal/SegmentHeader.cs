using System.Buffers.Binary;

namespace Mayhem.Journal;

/// <summary>
/// The first 32 bytes of a log: magic (8), version (4), 1 if zeros may follow the records or else 0 (4), where the snapshot ends (8), CRC-32C of all that (4), zero (4).
/// </summary>
internal readonly record struct SegmentHeader(long SnapshotEnd, bool IsPrepared = false)
{
    public const int Bytes = 32;
    public const int Version = 1;

    private const int PreparedAt = 12;

    private static ReadOnlySpan<byte> Magic => "MAYHEMJL"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        bytes[PreparedAt] = (byte)(IsPrepared ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), SnapshotEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), RecordFrame.Crc32C(uint.MaxValue, bytes.AsSpan(0, 24)));
        return bytes;
    }

    /// <exception cref="JournalFormatException">These bytes are no header of this version.</exception>
    public static SegmentHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < Bytes)
            throw new JournalFormatException(file, $"it has {bytes.Length} bytes, and a header alone has {Bytes}");
        if (!bytes.StartsWith(Magic))
            throw new JournalFormatException(file, "it does not start with the mark of a journal");
        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != Version)
            throw new JournalFormatException(file, $"its format is version {version}, and this program reads version {Version}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]) != RecordFrame.Crc32C(uint.MaxValue, bytes[..24]))
            throw new JournalFormatException(file, "its header is damaged");
        return new SegmentHeader(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), bytes[PreparedAt] != 0);
    }
}
