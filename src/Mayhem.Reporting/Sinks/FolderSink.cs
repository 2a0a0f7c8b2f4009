using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;

namespace Mayhem.Reporting.Sinks;

/// <summary>Keeps reports in a folder of this machine, to be listed and read later.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderSink(ReportFolder folder) : IReportSink
{
    /// <summary>The name of this sink.</summary>
    public const string SinkName = "archive";

    /// <inheritdoc />
    public string Name => SinkName;

    /// <inheritdoc />
    public Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        folder.Add(report);
        return Task.CompletedTask;
    }
}
