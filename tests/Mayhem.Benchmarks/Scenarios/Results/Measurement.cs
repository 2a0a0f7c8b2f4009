namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>What one run of a workload told about a contender.</summary>
/// <param name="Wall">From the first message sent to the last settled.</param>
/// <param name="PerSecond">Messages a second over that time.</param>
/// <param name="AllocatedPerMessage">Bytes allocated by the whole process for each message, by sending and handling it.</param>
internal sealed record Measurement(TimeSpan Wall, double PerSecond, double AllocatedPerMessage)
{
    /// <summary>Bytes held for each message while all were there; 0 where that is not the question.</summary>
    public double HeldPerMessage { get; init; }

    /// <summary>The median of the times from sending to handling.</summary>
    public TimeSpan P50 { get; init; }

    /// <summary>The 99th percentile of them.</summary>
    public TimeSpan P99 { get; init; }

    /// <summary>The 99th percentile of how far renewals were behind their times; zero where there were none.</summary>
    public TimeSpan RenewalsLate { get; init; }

    /// <summary>Messages that were sent and never handled to their end.</summary>
    public int Lost { get; init; }

    /// <summary>The median of each figure by itself; of what was lost, the sum.</summary>
    public static Measurement Median(IReadOnlyCollection<Measurement> runs) => new(Middle(runs, run => run.Wall), Middle(runs, run => run.PerSecond), Middle(runs, run => run.AllocatedPerMessage))
    {
        HeldPerMessage = Middle(runs, run => run.HeldPerMessage),
        P50 = Middle(runs, run => run.P50),
        P99 = Middle(runs, run => run.P99),
        RenewalsLate = Middle(runs, run => run.RenewalsLate),
        Lost = runs.Sum(run => run.Lost),
    };

    private static T Middle<T>(IReadOnlyCollection<Measurement> runs, Func<Measurement, T> figure) => runs.Select(figure).Order().ElementAt(runs.Count / 2);
}
