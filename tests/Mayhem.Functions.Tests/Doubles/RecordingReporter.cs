using Mayhem.Reports;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Keeps reports, or fails to.</summary>
internal sealed class RecordingReporter : IExceptionReporter
{
    public List<ExceptionReport> Reports { get; } = [];

    public int Flushes { get; private set; }

    public Exception? Failure { get; init; }

    public void Report(ExceptionReport report)
    {
        if (Failure is not null)
            throw Failure;
        Reports.Add(report);
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }
}
