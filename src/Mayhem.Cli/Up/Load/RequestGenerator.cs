using Mayhem.Local.Fleet;

namespace Mayhem.Cli.Up.Load;

/// <summary>
/// Makes up restart requests, a share of which go wrong. The same seed, share and hosts make the same sequence of hosts and
/// kinds; the ids begin with the run's id and never repeat.
/// </summary>
/// <param name="runId">What the ids begin with; unique among the runs of a data folder.</param>
/// <param name="seed">Decides everything that is left to chance.</param>
/// <param name="chaos">The share that goes wrong, 0 to 1.</param>
/// <param name="hosts">The hosts to choose from, at least one.</param>
internal sealed class RequestGenerator(string runId, int seed, double chaos, IReadOnlyList<FleetHost> hosts)
{
    private const string UnknownHost = "cattle-unknown";
    private const string Requester = "mayhem up";

    private readonly Random random = new(seed);
    private OutgoingRequest? lastOrdinary;
    private long number;

    /// <summary>Makes the next request. A duplicate repeats the last one that was ordinary; there must be one before it.</summary>
    public (ChaosKind Kind, OutgoingRequest Request) Next()
    {
        number++;
        // Always the same number of draws, so that one more or one less kind of chaos leaves the hosts as they are.
        var goesWrong = random.NextDouble() < chaos;
        var kind = (ChaosKind)random.Next((int)ChaosKind.FailOnce, (int)ChaosKind.Duplicate + 1);
        var host = random.Next(hosts.Count);
        var variant = random.Next();

        if (!goesWrong || (kind == ChaosKind.Duplicate && lastOrdinary is null))
            kind = ChaosKind.None;
        var request = kind == ChaosKind.Duplicate ? Repeat(lastOrdinary!, variant) : Make(kind, host, variant);
        if (kind == ChaosKind.None)
            lastOrdinary = request;
        return (kind, request);
    }

    private OutgoingRequest Repeat(OutgoingRequest original, int variant) => original with
    {
        MessageId = variant % 2 == 0 ? original.MessageId : $"{original.MessageId}-again-{number}",
        IsRepeat = true,
    };

    private OutgoingRequest Make(ChaosKind kind, int host, int variant)
    {
        var id = $"{runId}-{number:D6}";
        var name = kind == ChaosKind.UnknownHost ? UnknownHost : hosts[host].Name;
        var body = RequestJson.Write(id, name, hosts[host].Group, Requester, ChaosKinds.ReasonFor(kind));
        return new OutgoingRequest(id, id, kind == ChaosKind.MalformedBody ? RequestJson.Spoil(body, variant) : body, name, IsRepeat: false);
    }
}
