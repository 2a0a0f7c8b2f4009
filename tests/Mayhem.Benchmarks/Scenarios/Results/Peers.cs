namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>Peers whose packages are not on the feed that this is built from. Their throughput, as a multiple of MassTransit's, was measured elsewhere, side by side with it, on two cores.</summary>
internal static class Peers
{
    public const string Rebus = "Rebus";
    public const string Wolverine = "Wolverine";

    /// <summary>How many times MassTransit's throughput a peer had in a workload; null where that was not measured.</summary>
    public static double? TimesMassTransit(string peer, string workload) => (peer, workload) switch
    {
        (Rebus, "flood") => 1.85,
        (Wolverine, "flood") => 3.83,
        (Wolverine, "failures") => 3.17,
        (Wolverine, "delayed") => 3.59,
        _ => null,
    };
}
