using Mayhem.Model.Worlds;
using Mayhem.Reports;

namespace Mayhem.Model.Doubles;

/// <summary>Takes the reports of one process.</summary>
internal sealed class ModelReporter(WorkerProcess process) : IExceptionReporter
{
    public void Report(ExceptionReport report)
    {
        if (process.IsDead)
            return;
        if (report.Kind == ReportKind.ProcessFatal)
            process.IsEnding = true;
        DeliveryRun.Current.Reports(report);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
