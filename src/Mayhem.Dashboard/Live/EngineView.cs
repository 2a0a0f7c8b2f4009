using Mayhem.Breakers;
using Mayhem.Observation;

namespace Mayhem.Dashboard.Live;

/// <summary>The engine of this process, to look at.</summary>
/// <param name="Counters">What it has counted.</param>
/// <param name="InFlight">What it works on.</param>
/// <param name="Groups">How the groups of hosts stand.</param>
/// <param name="Stopping">Cancelled once it is to stop.</param>
public sealed record EngineView(ProcessingCounters Counters, InFlightMessages InFlight, TargetGroups Groups, CancellationToken Stopping);
