using Mayhem.Reporting.Document;
using Mayhem.Reporting.Fitting;
using Mayhem.Reporting.Sinks;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.Extensibility.Implementation;

namespace Mayhem.Functions.Telemetry.ApplicationInsights;

/// <summary>Sends each report to Application Insights as one exception, past sampling, and knows whether it was taken.</summary>
/// <param name="client">Knows the context of the app, and has a channel for everything else.</param>
/// <param name="endpoint">Takes exceptions.</param>
internal sealed class ApplicationInsightsSink(TelemetryClient client, IngestionEndpoint endpoint) : IBufferedSink, IDisposable
{
    /// <summary>The largest item in bytes: 60 KB of the 64 KB that Application Insights takes.</summary>
    public const int LargestItem = 60 * 1024;

    /// <inheritdoc />
    public string Name => "applicationInsights";

    /// <inheritdoc />
    public Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        var fitting = ReportFitting.Fit(report, candidate => Serialize(candidate, compress: false).Length, LargestItem);
        return endpoint.PostAsync(Serialize(fitting, compress: true), cancellationToken);
    }

    /// <summary>Sends what the channel has: requests, dependencies and log lines.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // False also comes from a channel that knows no asynchronous flush and has done nothing yet.
        if (!await client.FlushAsync(cancellationToken))
            await Task.Run(client.Flush, cancellationToken).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => endpoint.Dispose();

    private byte[] Serialize(ReportDocument report, bool compress)
    {
        var telemetry = ReportTelemetry.Of(report);
        client.Initialize(telemetry);
        ((ITelemetry)telemetry).Sanitize();
        return JsonSerializer.Serialize([telemetry], compress);
    }
}
