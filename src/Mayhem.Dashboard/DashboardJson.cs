using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Dashboard.Bench;
using Mayhem.Dashboard.DeadLetters;
using Mayhem.Dashboard.Halts;
using Mayhem.Dashboard.Live;
using Mayhem.Dashboard.Policies;
using Mayhem.Dashboard.Reports;
using Mayhem.Dashboard.Restarts;
using Mayhem.Dashboard.Server;
using Mayhem.DeadLetters.Work;

namespace Mayhem.Dashboard;

/// <summary>How the page is told things.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(LiveState))]
[JsonSerializable(typeof(IReadOnlyList<Sample>))]
[JsonSerializable(typeof(Attention))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(ShownDeadLetter))]
[JsonSerializable(typeof(ReportList))]
[JsonSerializable(typeof(ShownReport))]
[JsonSerializable(typeof(RestartPage))]
[JsonSerializable(typeof(Policy))]
[JsonSerializable(typeof(HaltState))]
[JsonSerializable(typeof(HaltCall))]
[JsonSerializable(typeof(BenchCall))]
[JsonSerializable(typeof(BenchOutcome))]
[JsonSerializable(typeof(BenchJobState))]
internal sealed partial class DashboardJson : JsonSerializerContext;
