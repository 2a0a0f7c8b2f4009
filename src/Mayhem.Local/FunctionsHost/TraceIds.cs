using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Makes the ids of traces and spans that nobody samples: counted up from a random start, for nobody has to be kept from guessing them, and random numbers cost more. Thread-safe.</summary>
internal static class TraceIds
{
    private const ulong OddStep = 0x9E3779B97F4A7C15;

    private static readonly ulong Process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private static ulong last = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>A <c>traceparent</c> of a trace of its own.</summary>
    public static string Next()
    {
        var span = NextSpan();
        return string.Create(CultureInfo.InvariantCulture, $"00-{Process:x16}{span:x16}-{span:x16}-00");
    }

    /// <summary>A <c>traceparent</c> of a span in a trace.</summary>
    public static string Next(ActivityTraceId trace, ActivityTraceFlags flags) =>
        string.Create(CultureInfo.InvariantCulture, $"00-{trace.ToHexString()}-{NextSpan():x16}-{(int)flags:x2}");

    // Never 0, which no span may be. An odd step comes back to a number only after all others.
    private static ulong NextSpan()
    {
        var span = Interlocked.Add(ref last, OddStep);
        return span != 0 ? span : Interlocked.Add(ref last, OddStep);
    }
}
