using System.Globalization;

namespace Mayhem.Messages;

/// <summary>The names of the application properties that Mayhem writes and reads. They are a public format: operators filter by them.</summary>
public static class MessageProperties
{
    /// <summary>String. The MessageId of the message that the sender sent, on every copy and dead letter.</summary>
    public const string RootId = "mayhem-root-id";

    /// <summary>Int. The number of the scheduled copy, from 1; absent on the sender's message.</summary>
    public const string Copy = "mayhem-copy";

    /// <summary>Int. On a copy, how many attempts have failed before it; on a dead letter, the attempt that failed last.</summary>
    public const string Attempt = "mayhem-attempt";

    /// <summary>String. Attempts used up by rule, as in <c>Mayhem.Restarts.RestartFailedException=2;System.TimeoutException=1</c>.</summary>
    public const string Budgets = "mayhem-budgets";

    /// <summary>String, JSON. The last failures, at most 8 KB.</summary>
    public const string History = "mayhem-history";

    /// <summary>String, round-trip date. When the broker accepted the sender's message: the deadline counts from here.</summary>
    public const string FirstEnqueuedAt = "mayhem-first-enqueued-at";

    /// <summary>Int. How often the message was abandoned on purpose; such deliveries are no evidence of a crash.</summary>
    public const string Abandons = "mayhem-abandons";

    /// <summary>Int. On a copy that was made before its message had been tried, how many deaths of the process still count against it.</summary>
    public const string Deaths = "mayhem-deaths";

    /// <summary>String. Why the message was abandoned last.</summary>
    public const string AbandonReason = "mayhem-abandon-reason";

    /// <summary>String, round-trip date. On a message that was abandoned while it waited: when its next attempt is due.</summary>
    public const string NotBefore = "mayhem-not-before";

    /// <summary>Int. For how many seconds guards have held the message back: they do not count towards its deadline.</summary>
    public const string Held = "mayhem-held";

    /// <summary>String, round-trip date. Since when the message waits for its turn: for budget, concurrency or healthy hosts.</summary>
    public const string TurnSince = "mayhem-turn-since";

    /// <summary>String. On a dead letter, the reason again: the broker has been seen to lose its own.</summary>
    public const string Reason = "mayhem-reason";

    /// <summary>String. On a dead letter, the full name of the exception's type.</summary>
    public const string ExceptionType = "mayhem-exception-type";

    /// <summary>String. On a dead letter, the fingerprint that groups failures of one cause.</summary>
    public const string Fingerprint = "mayhem-fingerprint";

    /// <summary>String. On a dead letter, the id of the exception report.</summary>
    public const string ReportId = "mayhem-report-id";

    /// <summary>String. On a dead letter, the trace in which the last attempt ran.</summary>
    public const string OperationId = "mayhem-operation-id";

    /// <summary>String, round-trip date. On a dead letter, when the last attempt failed.</summary>
    public const string FailedAt = "mayhem-failed-at";

    /// <summary>What the names of all properties of Mayhem begin with.</summary>
    public const string Prefix = "mayhem-";

    /// <summary>String. On a message that an operator has sent again: the root id of the dead letter that it was.</summary>
    public const string ReplayOf = "mayhem-replay-of";

    /// <summary>String. Who has sent it again.</summary>
    public const string ReplayBy = "mayhem-replay-by";

    /// <summary>String. Why it was sent again.</summary>
    public const string ReplayReason = "mayhem-replay-reason";

    /// <summary>Int. How often it was sent again, from 1.</summary>
    public const string ReplayCount = "mayhem-replay-count";

    /// <summary>String. The operator's action in the audit; there is the body that an edited message had before.</summary>
    public const string ReplayRun = "mayhem-replay-run";

    /// <summary>Reads a whole number; 0 where the property is absent or something else. Never throws: a sender may write anything.</summary>
    public static int Number(IReadOnlyDictionary<string, object> properties, string name)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return properties.TryGetValue(name, out var value)
            ? value switch
            {
                int number => Math.Max(0, number),
                long number and >= 0 and <= int.MaxValue => (int)number,
                _ => 0,
            }
            : 0;
    }

    /// <summary>Reads a string; null where the property is absent or something else.</summary>
    public static string? Text(IReadOnlyDictionary<string, object> properties, string name)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return properties.TryGetValue(name, out var value) ? value as string : null;
    }

    /// <summary>Reads a round-trip date; null where the property is absent or something else.</summary>
    public static DateTimeOffset? Time(IReadOnlyDictionary<string, object> properties, string name) =>
        DateTimeOffset.TryParseExact(Text(properties, name), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
