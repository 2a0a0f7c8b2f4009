using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Extensibility;

namespace Mayhem.Functions.Telemetry.Signals;

/// <summary>
/// Keeps the log lines that alerts and the audit rest upon out of sampling: one that is dropped could be the only one. Refusals of guards are sampled, for they come again as long as their message waits.
/// </summary>
public sealed class UnsampledLines : ITelemetryInitializer
{
    private const string EventName = "EventName";

    /// <summary>The names of the lines' events.</summary>
    public static IReadOnlySet<string> Events { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(Log.Heartbeat), nameof(Log.QueueObserved), nameof(Log.SpoolObserved), nameof(Log.RestartsHalted), nameof(Log.Terminating), nameof(Log.TerminatingHard),
        "StoppingProcess", "LockLost", "LockCeilingReached", "LockRenewalFailed", "RestartScheduled", "Restarted", "WouldRestart", "DuplicateSuppressed", "RestartAccepted", "DeadLettered",
    };

    /// <inheritdoc />
    public void Initialize(ITelemetry telemetry)
    {
        // What has a percentage is taken for sampled already.
        if (telemetry is TraceTelemetry trace && trace.Properties.TryGetValue(EventName, out var name) && Events.Contains(name))
            ((ISupportSampling)trace).SamplingPercentage = 100;
    }
}
