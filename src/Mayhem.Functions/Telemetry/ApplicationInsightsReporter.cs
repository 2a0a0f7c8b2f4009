using Mayhem.Reports;
using Microsoft.ApplicationInsights;

namespace Mayhem.Functions.Telemetry;

/// <summary>Sends reports to Application Insights, one exception each. Its channel buffers them and sends in the background.</summary>
public sealed class ApplicationInsightsReporter(TelemetryClient client) : IExceptionReporter
{
    /// <inheritdoc />
    public void Report(ExceptionReport report) => client.TrackException(ExceptionTelemetryOf.Report(report));

    /// <inheritdoc />
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // False also comes from a channel that knows no asynchronous flush and has done nothing yet.
        if (!await client.FlushAsync(cancellationToken))
            await Task.Run(client.Flush, cancellationToken).WaitAsync(cancellationToken);
    }
}
