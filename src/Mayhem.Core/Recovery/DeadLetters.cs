using System.Globalization;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Redaction;

namespace Mayhem.Recovery;

/// <summary>Makes the dead letter: within the broker's limits, and with what an operator needs to find the cause.</summary>
public static class DeadLetters
{
    /// <summary>The SDK rejects reasons and descriptions of more than 4096 characters; these are cut long before.</summary>
    public const int MaxText = 1024;

    private const int ShortText = 128;
    private const int CutText = 16;
    private const int UsualProperties = 12;

    private static readonly string[] LongTexts = [MessageProperties.Reason, MessageProperties.ExceptionType];

    private static readonly string[] ToldByTheReport =
        [MessageProperties.Budgets, MessageProperties.OperationId, MessageProperties.FailedAt, MessageProperties.ExceptionType, MessageProperties.Fingerprint];

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
        var properties = new Dictionary<string, object>(UsualProperties, StringComparer.Ordinal);
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

        return Fitting(delivery, properties, new DeadLetter(BoundedText.Cut(verdict.Reason, MaxText), BoundedText.Cut(Redactor.Text(verdict.Description), MaxText), properties));
    }

    // A dead letter that is too large is refused, and the message comes again until the broker itself gives it up. So what matters less gives way,
    // step by step: the history, which the report holds as well; long texts; what the report tells anyway; at last the longest properties of the sender.
    private static DeadLetter Fitting(Delivery delivery, Dictionary<string, object> properties, DeadLetter whole)
    {
        if (Size(delivery, whole) <= PropertySizes.Most)
            return whole;

        // An empty one also replaces what the message already carries.
        properties[MessageProperties.History] = "[]";
        if (Size(delivery, whole) <= PropertySizes.Most)
            return whole;

        var shorter = whole with { Reason = BoundedText.Cut(whole.Reason, ShortText), Description = Shortened(whole.Description) };
        foreach (var name in LongTexts)
        {
            if (properties.TryGetValue(name, out var text))
                properties[name] = BoundedText.Cut((string)text, ShortText);
        }

        foreach (var name in ToldByTheReport)
        {
            if (Size(delivery, shorter) <= PropertySizes.Most)
                return shorter;
            properties.Remove(name);
        }

        foreach (var (name, value) in delivery.Properties.Where(property => !properties.ContainsKey(property.Key)).OrderByDescending(property => PropertySizes.Of(property.Key, property.Value)))
        {
            if (Size(delivery, shorter) <= PropertySizes.Most)
                break;
            if (value is string text)
                properties[name] = BoundedText.Cut(text, CutText);
            else if (value is byte[])
                properties[name] = Array.Empty<byte>();
        }

        return shorter;
    }

    // The end of a description leads to the report, so the middle gives way.
    private static string Shortened(string description) => description.Length <= ShortText
        ? description
        : BoundedText.Cut(description, ShortText / 2) + BoundedText.Tail(description, ShortText / 2);

    // The broker keeps reason and description as application properties of these names.
    private static int Size(Delivery delivery, DeadLetter dead) =>
        PropertySizes.OfMerged(delivery.Properties, dead.Properties) + PropertySizes.Of("DeadLetterReason", dead.Reason) + PropertySizes.Of("DeadLetterErrorDescription", dead.Description);
}
