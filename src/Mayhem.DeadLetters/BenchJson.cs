using System.Text.Json.Serialization;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Operators;
using Mayhem.DeadLetters.Work;

namespace Mayhem.DeadLetters;

/// <summary>How everything that the bench takes and gives is written as JSON: camelCase names, nothing that is null. A public format.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeadLetterSummary))]
[JsonSerializable(typeof(DeadLetterDetails))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DeadLetterCensus))]
[JsonSerializable(typeof(DeadLetterFilter))]
[JsonSerializable(typeof(DeadLetterEdit))]
[JsonSerializable(typeof(MessageDocument))]
[JsonSerializable(typeof(BenchOrder))]
[JsonSerializable(typeof(BenchProgress))]
[JsonSerializable(typeof(BenchOutcome))]
[JsonSerializable(typeof(OperatorRecord))]
public sealed partial class BenchJson : JsonSerializerContext;
