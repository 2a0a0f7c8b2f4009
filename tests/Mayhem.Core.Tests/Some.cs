using System.Text;
using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Messages;

namespace Mayhem.Core.Tests;

/// <summary>Ordinary values for tests to start from.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static string Body(string requestId = "r-1", string host = "cattle-0001", string more = "") =>
        $$"""{"version":1,"requestId":"{{requestId}}","host":"{{host}}","group":"web","requester":"ops","reason":"stuck"{{more}}}""";

    public static Delivery Delivery(string messageId = "r-1", int deliveryCount = 1, string? body = null) => new()
    {
        Queue = "restarts",
        MessageId = messageId,
        Body = Encoding.UTF8.GetBytes(body ?? Body()),
        DeliveryCount = deliveryCount,
        LockedUntil = Now.AddSeconds(30),
        EnqueuedAt = Now,
        SequenceNumber = 7,
    };

    public static Delivery With(this Delivery delivery, params (string Name, object Value)[] properties) => delivery with
    {
        Properties = delivery.Properties.Concat(properties.Select(property => KeyValuePair.Create(property.Name, property.Value)))
            .ToDictionary(StringComparer.Ordinal),
    };

    public static FailureRules Rules => new(DefaultFailureRules.All);

    public static Failure Failure(Exception exception, bool stopping = false, LockEnd lockEnd = LockEnd.None) =>
        new FailureClassifier(Rules).Classify(exception, stopping, lockEnd, Now);

    public static Failure Failure(Exception exception, FailureRule rule) =>
        new(exception, exception, rule.Class, rule, "0123456789abcdef", "report-1", Now);
}
