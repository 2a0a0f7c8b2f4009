using System.Text.Json;
using Mayhem.Local.Chaos;

namespace Mayhem.Crash;

/// <summary>Makes up messages of every kind: first one of each, then as the seed says.</summary>
internal sealed class Workload(int seed, int hosts)
{
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random random = new(seed);
    private Sent? lastOrdinary;
    private int number;

    /// <summary>The next messages.</summary>
    public IReadOnlyList<Sent> Make(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private Sent Next()
    {
        number++;
        var kind = number <= Kinds.Length ? number - 1 : random.Next(3 * Kinds.Length);
        return kind < Kinds.Length ? Kinds[kind](this) : Ordinary();
    }

    private static readonly Func<Workload, Sent>[] Kinds =
    [
        work => work.Ordinary(),
        work => work.Request(ChaosReasons.FailOnce) with { MostAttempts = 2 },
        work => work.Request(ChaosReasons.FailAlways) with { DeadLetterReason = "RetriesExhausted", MostAttempts = 4 },
        work => work.Request(ChaosReasons.Throttle) with { MostAttempts = 2 },
        work => work.Request(ChaosReasons.Hang),
        work => work.Request(ChaosReasons.FailSave),
        work => work.Request(ChaosReasons.UnknownHost, host: "cattle-unknown") with { DeadLetterReason = "Fatal:HostNotFoundException" },
        work => work.Request(reason: null, notAfter: LongAgo) with { DeadLetterReason = "Stale" },
        work => new Sent(work.Id, work.Id, "nobody", "please restart everything"u8.ToArray(), "Poison"),
        work => work.lastOrdinary!,
        work => work.lastOrdinary! with { MessageId = work.Id + "-again" },
    ];

    private string Id => $"{seed:x8}-{number:D3}";

    private Sent Ordinary() => lastOrdinary = Request(reason: null);

    private Sent Request(string? reason, string? host = null, DateTimeOffset? notAfter = null)
    {
        host ??= $"cattle-{random.Next(hosts) + 1:D4}";
        return new Sent(Id, Id, host, JsonSerializer.SerializeToUtf8Bytes(new { version = 1, requestId = Id, host, requester = "crash", reason = reason ?? "", notAfter }, Written));
    }

    private static readonly JsonSerializerOptions Written = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
