using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mayhem.Recovery;

namespace Mayhem.DeadLetters.Replays;

/// <summary>
/// The MessageIds of what operators send again. They follow from the dead letter alone: after a crash between sending and removing it, the second sending has the same id, which a queue with
/// duplicate detection drops. And they are new: under the id of the dead letter, which such a queue may remember still, the first sending would be dropped.
/// </summary>
public static partial class ReplayIds
{
    /// <summary>The id of a replay: <c>{root}:{sequence number}:p{n}</c>, where the root is that of the sender's message, and too long a one is cut and marked with its hash.</summary>
    /// <param name="rootId">The root id of the dead letter.</param>
    /// <param name="sequenceNumber">Its number.</param>
    /// <param name="count">How often it will have been sent again, from 1.</param>
    public static string Of(string rootId, long sequenceNumber, int count) => Fit(rootId, string.Create(CultureInfo.InvariantCulture, $":{sequenceNumber}:p{count}"));

    /// <summary>The id of an edited replay: with a hash of the body, so that another body is another message.</summary>
    /// <param name="rootId">The root id of the dead letter.</param>
    /// <param name="sequenceNumber">Its number.</param>
    /// <param name="count">How often it will have been sent again, from 1.</param>
    /// <param name="body">The new body.</param>
    public static string OfEdit(string rootId, long sequenceNumber, int count, ReadOnlySpan<byte> body) =>
        Fit(rootId, string.Create(CultureInfo.InvariantCulture, $":{sequenceNumber}:p{count}-{Hash(body)}"));

    private static string Fit(string rootId, string suffix)
    {
        ArgumentNullException.ThrowIfNull(rootId);
        var origin = SuffixOfReplay().Replace(rootId, "");
        if (origin.Length + suffix.Length <= RetryCopies.MaxMessageIdLength)
            return origin + suffix;
        var mark = "~" + Hash(Encoding.UTF8.GetBytes(origin));
        return string.Concat(origin.AsSpan(0, RetryCopies.MaxMessageIdLength - suffix.Length - mark.Length), mark, suffix);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));

    // The ids of replays of replays would grow without end.
    [GeneratedRegex(@":\d+:p\d+(-[0-9a-f]{16})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SuffixOfReplay();
}
