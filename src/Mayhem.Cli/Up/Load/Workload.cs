using Mayhem.Cli.Requests;
using Mayhem.Local.Fleet;

namespace Mayhem.Cli.Up.Load;

/// <summary>What a run publishes.</summary>
/// <param name="Requests">The messages, at the pace asked for.</param>
/// <param name="Planned">How many there will be; null if nobody knows.</param>
/// <param name="Rejected">How many lines of the input were no requests, so far.</param>
internal sealed record Workload(IAsyncEnumerable<OutgoingRequest> Requests, long? Planned, Func<long> Rejected)
{
    /// <summary>Makes the workload that the options ask for. Its clock starts now.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="source">Where requests are read from; null if they are generated, or none are published.</param>
    /// <param name="hosts">The fleet.</param>
    /// <param name="seed">The seed of what is generated.</param>
    /// <param name="runId">What generated ids begin with.</param>
    /// <param name="reject">Reports a line that is no request.</param>
    /// <param name="clock">The clock of the pace.</param>
    public static Workload For(
        UpOptions options, RequestSource? source, IReadOnlyList<FleetHost> hosts, int seed, string runId, Action<string> reject, TimeProvider clock)
    {
        if (options.Drain)
            return new Workload(AsyncEnumerable.Empty<OutgoingRequest>(), Planned: 0, () => 0);
        var pacer = new Pacer(options.Pace, clock);
        if (source is not null)
        {
            var file = new RequestsOfFile(source, reject);
            return new Workload(file.ReadAsync(pacer, CancellationToken.None), Planned: null, () => file.Rejected);
        }
        var generator = new RequestGenerator(runId, seed, options.Chaos ?? 0, hosts);
        return new Workload(GeneratedRequests.ReadAsync(generator, options.Count, pacer, CancellationToken.None), options.Count, () => 0);
    }
}
