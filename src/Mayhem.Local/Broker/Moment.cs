using System.Runtime.InteropServices;

namespace Mayhem.Local.Broker;

/// <summary>One point in time on both clocks: locks run on the monotonic one, everything a sender sees on the wall clock.</summary>
/// <param name="WallClock">The wall clock, UTC. It may jump.</param>
/// <param name="Monotonic">Time since some fixed point of this process. It never goes back, and means nothing to another process.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Moment(DateTimeOffset WallClock, TimeSpan Monotonic);
