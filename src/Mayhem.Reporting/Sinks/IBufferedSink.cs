namespace Mayhem.Reporting.Sinks;

/// <summary>A sink that has something of its own to send before the process ends.</summary>
public interface IBufferedSink : IReportSink
{
    /// <summary>Sends it, or gives up when the token is cancelled.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
