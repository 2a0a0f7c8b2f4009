using Mayhem.Cli.Up.Load;
using Mayhem.Local.Fleet;
using Mayhem.Messages;

namespace Mayhem.Cli.Tests.Up.Load;

public class RequestGeneratorTests
{
    private const int Many = 7000;
    private static readonly IReadOnlyList<FleetHost> Hosts = FleetHost.Cattle(3);

    [Fact]
    public void Next_SameSeed_MakesTheSameKindsAndHostsUnderOtherIds()
    {
        var first = Make("a", seed: 7, chaos: 0.5, Many);
        var second = Make("b", seed: 7, chaos: 0.5, Many);

        Assert.Equal(first.Select(Shape), second.Select(Shape));
        Assert.Empty(first.Select(made => made.Request.RequestId).Intersect(second.Select(made => made.Request.RequestId)));
    }

    [Fact]
    public void Next_OtherSeed_MakesAnotherSequence() =>
        Assert.NotEqual(Make("a", seed: 7, chaos: 0.5, 50).Select(Shape), Make("a", seed: 8, chaos: 0.5, 50).Select(Shape));

    [Fact]
    public void Next_NoChaos_MakesReadableRequestsForKnownHosts()
    {
        foreach (var (kind, request) in Make("a", seed: 1, chaos: 0, Many))
        {
            Assert.Equal(ChaosKind.None, kind);
            Assert.Contains(Read(request).Host, Hosts.Select(host => host.Name));
        }
    }

    [Fact]
    public void Next_AllChaos_MakesNothingOrdinaryOnceThereIsSomethingToRepeat()
    {
        var kinds = Make("a", seed: 1, chaos: 1, Many).ConvertAll(made => made.Kind);

        // The first duplicate has nothing to repeat and is an ordinary request instead.
        Assert.Single(kinds, kind => kind == ChaosKind.None);
    }

    [Fact]
    public void Next_ShareOfChaos_IsKeptAndSpreadOverAllKinds()
    {
        var kinds = Make("a", seed: 3, chaos: 0.35, Many).CountBy(made => made.Kind).ToDictionary();

        Assert.InRange(Many - kinds[ChaosKind.None], Many * 0.33, Many * 0.37);
        foreach (var kind in Enum.GetValues<ChaosKind>().Except([ChaosKind.None]))
            Assert.InRange(kinds[kind], Many * 0.04, Many * 0.06);
    }

    [Fact]
    public void Next_MalformedBody_IsUnreadableInSeveralWaysUnderAnIdOfItsOwn()
    {
        var malformed = Make("a", seed: 3, chaos: 1, Many).FindAll(made => made.Kind == ChaosKind.MalformedBody);

        var errors = malformed.ConvertAll(made => Assert.IsType<ParseResult.Unreadable>(RestartRequestParser.Parse(made.Request.Body.Span)).Error);
        Assert.True(errors.Distinct(StringComparer.Ordinal).Count() >= 4);
        Assert.Distinct(malformed.ConvertAll(made => made.Request.MessageId));
    }

    [Fact]
    public void Next_UnknownHost_IsNotOfTheFleet()
    {
        var unknown = Make("a", seed: 3, chaos: 1, Many).FindAll(made => made.Kind == ChaosKind.UnknownHost);

        Assert.All(unknown, made => Assert.DoesNotContain(Read(made.Request).Host, Hosts.Select(host => host.Name)));
    }

    [Fact]
    public void Next_Duplicate_RepeatsAnOrdinaryRequestHalfOfThemUnderAnotherMessageId()
    {
        var made = Make("a", seed: 3, chaos: 0.5, Many);
        var ordinary = made.Where(one => one.Kind == ChaosKind.None).ToDictionary(one => one.Request.RequestId, one => one.Request);
        var duplicates = made.FindAll(one => one.Kind == ChaosKind.Duplicate).ConvertAll(one => one.Request);

        Assert.All(duplicates, duplicate =>
        {
            Assert.True(duplicate.IsRepeat);
            Assert.True(duplicate.Body.Span.SequenceEqual(ordinary[duplicate.RequestId].Body.Span));
        });
        var underTheSameId = duplicates.Count(duplicate => string.Equals(duplicate.MessageId, duplicate.RequestId, StringComparison.Ordinal));
        Assert.InRange(underTheSameId, duplicates.Count * 0.4, duplicates.Count * 0.6);
        Assert.Distinct(duplicates.Where(duplicate => duplicate.MessageId != duplicate.RequestId).Select(duplicate => duplicate.MessageId));
    }

    [Fact]
    public void Next_EveryIdentifier_FitsABroker()
    {
        Assert.All(Make("20261121-001522-abcd", seed: 3, chaos: 1, Many), made => Assert.True(made.Request.MessageId.Length <= 100));
    }

    private static List<(ChaosKind Kind, OutgoingRequest Request)> Make(string runId, int seed, double chaos, int count)
    {
        var generator = new RequestGenerator(runId, seed, chaos, Hosts);
        return [.. Enumerable.Range(0, count).Select(_ => generator.Next())];
    }

    private static RestartRequest Read(OutgoingRequest request) =>
        Assert.IsType<ParseResult.Readable>(RestartRequestParser.Parse(request.Body.Span)).Request;

    private static string Shape((ChaosKind Kind, OutgoingRequest Request) made) =>
        RestartRequestParser.Parse(made.Request.Body.Span) is ParseResult.Readable readable ? $"{made.Kind} {readable.Request.Host} {readable.Request.Reason}" : $"{made.Kind}";
}
