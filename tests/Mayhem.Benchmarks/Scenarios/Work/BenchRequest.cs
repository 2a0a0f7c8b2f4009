using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Benchmarks.Scenarios.Work;

/// <summary>The request that every contender carries: about 150 bytes of JSON, which Mayhem's own parser takes for a restart request.</summary>
public sealed record BenchRequest(int Version, string RequestId, string Host, string Group, string Requester, string Reason)
{
    /// <summary>The request of a number.</summary>
    public static BenchRequest Of(int number, Fate fate) => new(
        1, "n-" + number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"cattle-{number % 1000:0000}"), "web", "bench@example.net", fate.ToString());

    /// <summary>The number of a request's id.</summary>
    public static int NumberOf(string requestId) => int.Parse(requestId.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, BenchJson.Default.BenchRequest);
}

/// <summary>What becomes of a request.</summary>
public enum Fate
{
    /// <summary>It goes well.</summary>
    Well,

    /// <summary>It fails twice, is tried again at once, and goes well.</summary>
    FailsTwice,

    /// <summary>It fails for good.</summary>
    Fatal,

    /// <summary>It fails once and is to be delivered again after <see cref="Handler.Delay"/>.</summary>
    Later,

    /// <summary>It takes <see cref="Handler.Hold"/>.</summary>
    Holds,
}

/// <summary>Reads and writes requests without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchRequest))]
internal sealed partial class BenchJson : JsonSerializerContext;
