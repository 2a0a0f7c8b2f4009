namespace Mayhem.Model.Histories;

/// <summary>What the queue and the app are like in one history.</summary>
public sealed record Variant(int Number)
{
    /// <summary>How many there are.</summary>
    public const int Count = 2 * 3 * 3;

    public bool DetectsDuplicates => Number % 2 == 0;

    public int MaxDeliveryCount => (Number / 2 % 3) switch { 0 => 2, 1 => 6, _ => 30 };

    public TimeSpan LockDuration => TimeSpan.FromSeconds((Number / 6 % 3) switch { 0 => 5, 1 => 30, _ => 60 });

    /// <summary>Whether the app is told how long locks last.</summary>
    public bool KnowsLockDuration => Number / 6 % 3 != 1;

    /// <summary>How long one message may be handled.</summary>
    public static TimeSpan MaxLockDuration { get; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a message may be tried in all.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a process may die on a message.</summary>
    public const int CrashLimit = 3;

    /// <inheritdoc />
    public override string ToString() =>
        $"variant {Number}: duplicates {(DetectsDuplicates ? "dropped" : "kept")}, {MaxDeliveryCount} deliveries, locks of {LockDuration:c}{(KnowsLockDuration ? "" : ", as deliveries show")}";
}
