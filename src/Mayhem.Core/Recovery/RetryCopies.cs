using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>Makes the copy of a message that is scheduled for a later attempt.</summary>
public static class RetryCopies
{
    /// <summary>The longest message id that Service Bus takes.</summary>
    public const int MaxMessageIdLength = 128;

    // Written by the broker, by tracing or by us for one message; on another message they would lie.
    private static readonly HashSet<string> NotCarried = new(StringComparer.OrdinalIgnoreCase)
    {
        "DeadLetterReason", "DeadLetterErrorDescription", "Diagnostic-Id",
        MessageProperties.Abandons, MessageProperties.AbandonReason, MessageProperties.NotBefore, MessageProperties.TurnSince, MessageProperties.Deaths,
    };

    /// <summary>The copy.</summary>
    /// <param name="delivery">The delivery to copy.</param>
    /// <param name="dueAt">When the copy is due.</param>
    /// <param name="progress">Attempts used up and the history of failures.</param>
    public static RetryCopy Make(Delivery delivery, DateTimeOffset dueAt, MessageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(progress);
        var number = delivery.Copy + 1;
        var properties = delivery.Properties
            .Where(pair => !NotCarried.Contains(pair.Key) && !pair.Key.StartsWith("x-opt-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        properties[MessageProperties.RootId] = delivery.RootId;
        properties[MessageProperties.Copy] = number;
        properties[MessageProperties.FirstEnqueuedAt] = RecoveryPolicy.FirstEnqueuedAt(delivery).ToString("O", CultureInfo.InvariantCulture);
        progress.WriteTo(properties);
        if (progress.Deaths > 0)
            properties[MessageProperties.Deaths] = progress.Deaths;

        // A copy that is too large is refused; the reports hold the history as well.
        if (PropertySizes.Of(properties) > PropertySizes.Most)
            properties.Remove(MessageProperties.History);
        return new RetryCopy(IdOf(delivery.RootId, delivery.SequenceNumber, number), dueAt, delivery.ExpiresAt - dueAt, properties);
    }

    /// <summary>
    /// The copy's id: <c>{root}:{sequence number}:r{n}</c>, where a root that is too long is cut and marked with its hash. One message has one sequence number, however often
    /// it is delivered, so a copy that is scheduled again after a crash has the same id. No other message has that number: without it, the copy of a request that was sent
    /// again could meet the id of an earlier copy, which a queue with duplicate detection remembers for longer than that of the request itself, and be dropped.
    /// </summary>
    /// <param name="rootId">The MessageId of the sender's message.</param>
    /// <param name="sequenceNumber">The broker's number of the message that is copied.</param>
    /// <param name="number">The number of the copy, from 1.</param>
    public static string IdOf(string rootId, long sequenceNumber, int number)
    {
        ArgumentNullException.ThrowIfNull(rootId);
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{sequenceNumber}:r{number}");
        if (rootId.Length + suffix.Length <= MaxMessageIdLength)
            return rootId + suffix;
        var hash = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rootId)).AsSpan(0, 8));
        return string.Concat(rootId.AsSpan(0, MaxMessageIdLength - suffix.Length - hash.Length), hash, suffix);
    }

    /// <summary>True if an id ends in <c>:r</c> and a number, as those of copies do.</summary>
    public static bool IsIdOfCopy(string messageId)
    {
        ArgumentNullException.ThrowIfNull(messageId);
        var root = messageId.AsSpan().TrimEnd("0123456789");
        return root.Length < messageId.Length && root.EndsWith(":r", StringComparison.Ordinal);
    }
}
