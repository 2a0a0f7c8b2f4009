using Mayhem.Reports;
using Mayhem.Shutdown;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Shutdown;

/// <summary>
/// Holds the end of the process up until the messages in flight are settled and their telemetry is sent: the Functions host cancels no
/// invocation when the worker stops, and the process would end within milliseconds. Stopped before everything registered earlier,
/// so the way to the host is still open.
/// </summary>
public sealed class DrainService(
    DrainGate gate, IExceptionReporter reporter, IOptions<ShutdownOptions> options, TimeProvider timeProvider, ILogger<DrainService> logger) : IHostedService
{
    /// <summary>Nothing to start.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Drains, then flushes. Cancelling cuts the grace short.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var grace = options.Value.Grace;
        Log.DrainBegun(logger, gate.InFlight, grace);
        var result = await gate.DrainAsync(grace, cancellationToken);
        if (result.Left == 0)
            Log.Drained(logger, result.Took, result.Finished, result.Cancelled);
        else
            Log.DrainIncomplete(logger, result.Took, result.Left, result.Finished, result.Cancelled);
        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        var limit = options.Value.FlushLimit;
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        try
        {
            await reporter.FlushAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception failure)
        {
            Log.NotFlushed(logger, limit, failure);
        }
    }
}
