using System.Text.Json.Serialization;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;

namespace Mayhem.FrontDoor.Bench;

/// <summary>What the command line asks of the bench of a running broker. Which fields count follows from the path.</summary>
internal sealed record BenchCall
{
    public DeadLetterFilter Filter { get; init; } = DeadLetterFilter.All;

    public BenchOrder? Order { get; init; }

    public DeadLetterEdit? Edit { get; init; }

    public long From { get; init; }

    public int Size { get; init; }

    public long SequenceNumber { get; init; }
}

/// <summary>A line of the answer to what takes longer: progress, and at last an outcome or an error.</summary>
internal sealed record BenchLine
{
    public BenchProgress? Progress { get; init; }

    public BenchOutcome? Outcome { get; init; }

    public MessageDocument? Document { get; init; }

    public string? Error { get; init; }

    /// <summary>True on the last line of what has no outcome: whatever ends without it was cut off.</summary>
    public bool End { get; init; }
}

/// <summary>How calls and lines are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BenchCall))]
[JsonSerializable(typeof(BenchLine))]
internal sealed partial class BenchCallJson : JsonSerializerContext;
