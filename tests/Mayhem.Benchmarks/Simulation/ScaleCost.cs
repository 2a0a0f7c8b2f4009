namespace Mayhem.Benchmarks.Simulation;

/// <summary>What a load costs a month, in US dollars. The prices are list prices that may have changed: docs/scale.md says where each is from.</summary>
internal static class ScaleCost
{
    private const double Days = 30.4;
    private const double MonthSeconds = Days * 86400;
    private const double InstanceGigabytes = 2;
    private const double GigabyteSecond = 0.000026;
    private const double FreeGigabyteSeconds = 100_000;
    private const double MillionExecutions = 0.40;
    private const double FreeMillionExecutions = 0.25;
    private const double StandardBase = 9.81;
    private const double MessagingUnit = 677.08;

    // Millions of operations up to which a million costs so much.
    private static readonly (double UpTo, double Price)[] Operations = [(13, 0), (100, 0.80), (2500, 0.50), (double.PositiveInfinity, 0.20)];

    /// <summary>The function app on demand: what its instances take while they work, and each execution.</summary>
    public static double Functions(ScaleLoad load)
    {
        var gigabyteSeconds = ScaleFormula.PaidInstances(load) * MonthSeconds * InstanceGigabytes;
        var executions = load.MessagesPerDay * Days * ScaleFormula.Attempts(load) / 1e6;
        return (Math.Max(0, gigabyteSeconds - FreeGigabyteSeconds) * GigabyteSecond) + (Math.Max(0, executions - FreeMillionExecutions) * MillionExecutions);
    }

    /// <summary>A Standard namespace.</summary>
    public static double Standard(ScaleLoad load)
    {
        var (cost, from, millions) = (StandardBase, 0.0, load.MessagesPerDay * Days * ScaleFormula.OperationsPerMessage(load) / 1e6);
        foreach (var (upTo, price) in Operations)
        {
            cost += Math.Max(0, Math.Min(millions, upTo) - from) * price;
            from = upTo;
        }

        return cost;
    }

    /// <summary>A Premium namespace.</summary>
    public static double Premium(int messagingUnits) => messagingUnits * MessagingUnit;
}
