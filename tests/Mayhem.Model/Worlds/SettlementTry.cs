using Mayhem.Model.Histories;

namespace Mayhem.Model.Worlds;

/// <summary>One try of a process to settle a delivery.</summary>
internal sealed record SettlementTry(Call Call)
{
    public string? Reason { get; init; }

    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>The broker did it.</summary>
    public bool Arrived { get; set; }

    /// <summary>The process heard of it.</summary>
    public bool Acknowledged { get; set; }
}

/// <summary>A copy that a process has asked the broker to schedule.</summary>
internal sealed record ScheduledCopy(string MessageId, DateTimeOffset DueAt, DateTimeOffset AskedAt, TimeSpan TimeToLive, IReadOnlyDictionary<string, object> Properties);
