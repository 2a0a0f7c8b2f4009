using System.Text.Encodings.Web;
using System.Text.Json;
using Mayhem.Functions.Tests.Infrastructure;

namespace Mayhem.Functions.Tests.Telemetry.Names;

/// <summary>The names of everything that the app tells Application Insights, as docs/telemetry.json lists them.</summary>
internal sealed record TelemetryNames(string About, SortedDictionary<string, EventNames> Events, IReadOnlyList<string> Lines, ExceptionNames Exceptions)
{
    public const string File = "docs/telemetry.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    /// <summary>The list as it is kept in the repository.</summary>
    public static TelemetryNames Listed() => JsonSerializer.Deserialize<TelemetryNames>(Repository.Read(File), Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>One kind of log line: its event's id, its level, and the properties that only it has.</summary>
internal sealed record EventNames(int Id, string Level, IReadOnlyList<string> Properties);

/// <summary>The properties and measurements of exceptions; <c>{n}</c> stands for a number.</summary>
internal sealed record ExceptionNames(IReadOnlyList<string> Properties, IReadOnlyList<string> Measurements);
