using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks;

/// <summary>Shows reports in full to whoever sits before the program.</summary>
/// <param name="output">Where to; written to by one thread at a time.</param>
/// <param name="text">Makes the text.</param>
public sealed class ConsoleSink(TextWriter output, Func<ReportDocument, string> text) : IReportSink
{
    /// <inheritdoc />
    public string Name => "console";

    /// <inheritdoc />
    public async Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(text(report).AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
