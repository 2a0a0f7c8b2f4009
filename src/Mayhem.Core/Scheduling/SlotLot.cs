using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mayhem.Scheduling;

/// <summary>What chance says about one group in one slot.</summary>
/// <param name="Whether">0 to less than 1: below its chance, a host is restarted.</param>
/// <param name="Which">0 to less than 1: which one, as a share of the list.</param>
public sealed record SlotLot(double Whether, double Which)
{
    /// <summary>
    /// Lots that look random and that every instance draws alike: hashes of the seed, the group and the slot. So any number of instances decide as one, without having to talk to each
    /// other.
    /// </summary>
    public static Func<string, TimeSlot, SlotLot> Hashed(string seed) => (group, slot) =>
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{group.ToUpperInvariant()}\n{slot.Number}")), hash);
        return new SlotLot(Share(hash), Share(hash[8..]));
    };

    // 53 bits are what a double holds.
    private static double Share(ReadOnlySpan<byte> hash) => (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
}
