using System.Text.Json;
using Mayhem.DeadLetters;
using Mayhem.Local.Broker;

namespace Mayhem.FrontDoor;

/// <summary>What can be reached through the front door.</summary>
public sealed record FrontDoorSources
{
    /// <summary>Finds a queue by its name; null if there is none.</summary>
    public required Func<string, BrokerQueue?> FindQueue { get; init; }

    /// <summary>The bench of the run's queue.</summary>
    public required IDeadLetterBench Bench { get; init; }

    /// <summary>Writes how things stand, as one JSON object.</summary>
    public required Action<Utf8JsonWriter> WriteStatus { get; init; }
}
