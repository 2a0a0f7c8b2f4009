using System.Globalization;
using System.Text;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Redaction;

namespace Mayhem.Recovery;

/// <summary>Makes the dead letter: within the broker's limits, and with what an operator needs to find the cause.</summary>
public static class DeadLetters
{
    /// <summary>The SDK rejects reasons and descriptions of more than 4096 characters; these are cut long before.</summary>
    public const int MaxText = 1024;

    /// <summary>All application properties of a message together, in bytes as estimated here, stay below this.</summary>
    public const int MaxPropertiesBytes = 32 * 1024;

    /// <summary>The dead letter.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="verdict">Why it is dead-lettered.</param>
    /// <param name="failure">The failure behind it; null where none was thrown.</param>
    /// <param name="progress">Attempts used up and history.</param>
    /// <param name="now">The wall clock.</param>
    public static DeadLetter Make(Delivery delivery, Verdict.DeadLetter verdict, Failure? failure, MessageProgress progress, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(progress);
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        progress.WriteTo(properties);
        properties[MessageProperties.RootId] = BoundedText.Cut(delivery.RootId, RetryCopies.MaxMessageIdLength);
        properties[MessageProperties.Attempt] = Math.Max(1, progress.Budget.Failures);
        properties[MessageProperties.Reason] = BoundedText.Cut(verdict.Reason, MaxText);
        properties[MessageProperties.FailedAt] = (failure?.At ?? now).ToString("O", CultureInfo.InvariantCulture);
        if (delivery.OperationId is { } operation)
            properties[MessageProperties.OperationId] = operation;
        if (failure is not null)
        {
            properties[MessageProperties.ExceptionType] = BoundedText.Cut(failure.Type, MaxText);
            properties[MessageProperties.Fingerprint] = failure.Fingerprint;
            properties[MessageProperties.ReportId] = failure.ReportId;
        }

        var reason = BoundedText.Cut(verdict.Reason, MaxText);
        var description = BoundedText.Cut(Redactor.Text(verdict.Description), MaxText);
        if (Size(delivery.Properties, properties) + SizeAsProperties(reason, description) > MaxPropertiesBytes)
        {
            // The report holds the history as well; an empty one also replaces what the message already carries.
            properties[MessageProperties.History] = "[]";
        }

        return new DeadLetter(reason, description, properties);
    }

    // The broker keeps both as application properties of these names.
    private static int SizeAsProperties(string reason, string description) =>
        Size(new("DeadLetterReason", reason)) + Size(new("DeadLetterErrorDescription", description));

    private static int Size(IReadOnlyDictionary<string, object> sent, Dictionary<string, object> added) =>
        added.Sum(Size) + sent.Where(pair => !added.ContainsKey(pair.Key)).Sum(Size);

    private static int Size(KeyValuePair<string, object> property) =>
        8 + Encoding.UTF8.GetByteCount(property.Key) + (property.Value switch
        {
            string text => Encoding.UTF8.GetByteCount(text),
            byte[] bytes => bytes.Length,
            _ => 16,
        });
}
