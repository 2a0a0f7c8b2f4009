namespace Mayhem.Benchmarks.Simulation;

/// <summary>What a load asks for, by calculation.</summary>
internal static class ScaleFormula
{
    /// <summary>Deliveries of a message until it is settled for good: each attempt is followed by another with the same chance.</summary>
    public static double Attempts(ScaleLoad load) => 1 / (1 - load.RetriedLater);

    /// <summary>Renewals in one attempt: one for each multiple of the time between two that the handling outlasts.</summary>
    public static double RenewalsPerAttempt(ScaleLoad load)
    {
        var renewals = 0.0;
        for (var count = 1; ; count++)
        {
            var longer = LongerThan(load, count * load.RenewAfterSeconds);
            if (longer < 1e-9)
                return renewals;
            renewals += longer;
        }
    }

    /// <summary>Operations on the queue for a message: it is sent, and in each attempt received, renewed and completed; each further attempt is scheduled.</summary>
    public static double OperationsPerMessage(ScaleLoad load) =>
        1 + (Attempts(load) * (2 + RenewalsPerAttempt(load))) + (Attempts(load) - 1);

    /// <summary>Operations in a second of the busiest hour.</summary>
    public static double PeakOperations(ScaleLoad load) => load.PeakRate * OperationsPerMessage(load);

    /// <summary>Messages being handled at a time in the busiest hour, on the average (Little's law).</summary>
    public static double PeakInFlight(ScaleLoad load) => load.PeakRate * Attempts(load) * load.HandlingSeconds;

    /// <summary>Instances for the busiest hour, so that hardly any message waits: what is in flight on the average, and twice its standard deviation.</summary>
    public static int Instances(ScaleLoad load)
    {
        var inFlight = PeakInFlight(load);
        return (int)Math.Ceiling((inFlight + (2 * Math.Sqrt(inFlight))) / load.Concurrency);
    }

    /// <summary>The share of an average hour in which at least one instance works, times how many then do: what an on-demand plan is paid for.</summary>
    public static double PaidInstances(ScaleLoad load)
    {
        var inFlight = PeakInFlight(load) / load.PeakFactor;
        return Math.Max(inFlight / load.Concurrency, 1 - Math.Exp(-inFlight));
    }

    /// <summary>The most messages a second that the namespace grants the operations for; infinity without a limit.</summary>
    public static double MostMessages(ScaleLoad load) => load.CreditsPerSecond / OperationsPerMessage(load) ?? double.PositiveInfinity;

    private static double LongerThan(ScaleLoad load, double seconds) => 1 - Normal((Math.Log(seconds) - load.HandlingLogMean) / load.HandlingSpread);

    // The distribution function of the normal distribution, by Abramowitz and Stegun 26.2.17; exact to 1e-7.
    private static double Normal(double x)
    {
        if (x < 0)
            return 1 - Normal(-x);
        var t = 1 / (1 + (0.2316419 * x));
        var tail = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return 1 - (Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * tail);
    }
}
