namespace Mayhem.Dashboard.Live;

/// <summary>One second of a run, for the charts. What is not known is null.</summary>
/// <param name="At">The time, in milliseconds since 1970.</param>
/// <param name="Received">Deliveries taken up in a second.</param>
/// <param name="Restarted">Hosts restarted in a second.</param>
/// <param name="DeadLettered">Messages dead-lettered in a second.</param>
/// <param name="Median">What half of the deliveries that ended lately did not exceed, in milliseconds.</param>
/// <param name="Slow">What 95 of 100 did not exceed, in milliseconds.</param>
/// <param name="Ready">Messages ready.</param>
/// <param name="Locked">Messages locked.</param>
/// <param name="Scheduled">Messages scheduled.</param>
/// <param name="Dead">Dead letters.</param>
internal sealed record Sample(
    long At, double? Received, double? Restarted, double? DeadLettered, double? Median, double? Slow, long? Ready, long? Locked, long? Scheduled, long? Dead);
