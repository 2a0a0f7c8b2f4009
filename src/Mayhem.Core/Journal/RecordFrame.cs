using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Mayhem.Journal;

/// <summary>
/// A record on disk: length (4 bytes, little-endian), CRC-32C (4 bytes), payload. The checksum also covers the record's position in the file
/// and its length, so that neither zeros nor a record that lies in the payload of another ever pass for a record.
/// </summary>
internal static class RecordFrame
{
    public const int HeaderBytes = 8;

    public static void WriteLength(Span<byte> frame, int length) => BinaryPrimitives.WriteInt32LittleEndian(frame, length);

    /// <summary>The payload's length; out of range in a damaged frame.</summary>
    public static int ReadLength(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame);

    /// <summary>Writes the checksum of a frame that will lie at this position. The frame starts with its header; what follows the payload is ignored.</summary>
    /// <returns>The length of the frame.</returns>
    public static int Seal(Span<byte> frame, long position)
    {
        var payload = frame.Slice(HeaderBytes, ReadLength(frame));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(payload, position));
        return HeaderBytes + payload.Length;
    }

    /// <summary>True if a whole, undamaged frame lies at the start of these bytes, which come from this position.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> bytes, long position)
    {
        if (bytes.Length < HeaderBytes)
            return false;
        var length = ReadLength(bytes);
        if (length < 0 || length > bytes.Length - HeaderBytes)
            return false;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Checksum(bytes.Slice(HeaderBytes, length), position);
    }

    public static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var single in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, single);
        return crc;
    }

    private static uint Checksum(ReadOnlySpan<byte> payload, long position)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)position);
        crc = BitOperations.Crc32C(crc, (uint)payload.Length);
        return ~Crc32C(crc, payload);
    }
}
