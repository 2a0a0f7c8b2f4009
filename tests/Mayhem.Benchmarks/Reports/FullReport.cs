using BenchmarkDotNet.Attributes;
using Mayhem.Observation;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;

namespace Mayhem.Benchmarks.Reports;

/// <summary>What a failure costs that is told in full, and one of a storm that is only counted. Bound: a document in 60 µs.</summary>
[MemoryDiagnoser]
public class FullReport
{
    private readonly ReportDocuments documents = new(new ProcessState(new InFlightMessages(), TimeProvider.System));
    private readonly StormThinning thinning = new(TimeProvider.System);
    private ExceptionReport report = null!;

    // In process, nobody waits for a set-up that is asynchronous.
    [GlobalSetup]
    public void Fail() => report = FailingWorkflow.FailAsync().GetAwaiter().GetResult();

    [Benchmark]
    public ReportDocument Document() => documents.Of(report, 0);

    [Benchmark]
    public byte[] DocumentAsJson() => ReportJson.Write(documents.Of(report, 0));

    [Benchmark]
    public string Fingerprint() => Fingerprints.Of(report.Exception);

    [Benchmark]
    public bool CountedInAStorm() => thinning.ShouldTell(report, out _);
}
