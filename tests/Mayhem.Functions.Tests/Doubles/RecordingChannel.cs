using System.Collections.Concurrent;
using Microsoft.ApplicationInsights.Channel;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Keeps what would be sent to Application Insights.</summary>
internal sealed class RecordingChannel : ITelemetryChannel
{
    private readonly ConcurrentQueue<ITelemetry> sent = new();

    public IReadOnlyList<ITelemetry> Sent => [.. sent];

    public int Flushes { get; private set; }

    public bool? DeveloperMode { get; set; }

    public string? EndpointAddress { get; set; }

    public void Send(ITelemetry item) => sent.Enqueue(item);

    public void Flush() => Flushes++;

    public void Dispose()
    {
    }
}
