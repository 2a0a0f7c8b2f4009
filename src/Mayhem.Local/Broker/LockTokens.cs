using System.Buffers.Binary;

namespace Mayhem.Local.Broker;

/// <summary>Makes lock tokens that say which message they are for. The seed of the process makes those of an earlier one invalid.</summary>
internal sealed class LockTokens(long seed)
{
    private long serial;

    /// <summary>A new token.</summary>
    public Guid Next(long sequenceNumber, bool session)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (sequenceNumber << 1) | (session ? 1L : 0L));
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], seed + serial++);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The message a token is for, and whether its lock is that of a session.</summary>
    public static (long SequenceNumber, bool Session) Read(Guid token)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.TryWriteBytes(bytes, bigEndian: true, out _);
        var first = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return (first >>> 1, (first & 1) != 0);
    }
}
