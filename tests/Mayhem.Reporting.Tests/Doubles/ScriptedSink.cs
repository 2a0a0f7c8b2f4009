using System.Collections.Concurrent;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Sinks;

namespace Mayhem.Reporting.Tests.Doubles;

/// <summary>A sink that does what the test says, and keeps what arrived.</summary>
internal sealed class ScriptedSink : IReportSink
{
    private int tries;

    public string Name => "scripted";

    /// <summary>What happens before a report arrives; by default nothing.</summary>
    public Func<ReportDocument, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The ids of the reports that arrived, in order.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    public int Tries => Volatile.Read(ref tries);

    public async Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref tries);
        await Before(report, cancellationToken);
        Arrived.Enqueue(report.Id);
    }

    /// <summary>Fails from now on.</summary>
    public void Break() => Before = (_, _) => throw new IOException("connection refused");

    /// <summary>Works from now on.</summary>
    public void Repair() => Before = (_, _) => Task.CompletedTask;
}
