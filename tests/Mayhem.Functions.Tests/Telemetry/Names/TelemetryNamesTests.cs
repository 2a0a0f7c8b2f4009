using Mayhem.Functions.Telemetry.Signals;
using Mayhem.Functions.Tests.Infrastructure;
using Mayhem.Testing;

namespace Mayhem.Functions.Tests.Telemetry.Names;

public sealed class TelemetryNamesTests
{
    private static readonly string[] OfEveryLine = ["CategoryName", "EventId", "EventName", "OriginalFormat"];

    [Fact]
    public void List_IsWhatTheCodeEmits()
    {
        var listed = TelemetryNames.Listed();
        var emitted = new TelemetryNames(
            listed.About,
            new SortedDictionary<string, EventNames>(EmittedEvents.All.ToDictionary(found => found.Name, found => found.Names, StringComparer.Ordinal), StringComparer.Ordinal),
            OfEveryLine,
            EmittedExceptions.All()).ToJson();
        if (Environment.GetEnvironmentVariable("MAYHEM_ACCEPT_TELEMETRY") == "1")
            File.WriteAllText(RepositoryFiles.PathOf(TelemetryNames.File), emitted);

        Assert.True(
            emitted == Repository.Read(TelemetryNames.File),
            $"""
            {TelemetryNames.File} is not what the code emits: {string.Join("; ", emitted.Split('\n').Except(Repository.Read(TelemetryNames.File).Split('\n'), StringComparer.Ordinal))}
            Look whether queries in infra/ use a name that has gone, then write the list anew:
            MAYHEM_ACCEPT_TELEMETRY=1 dotnet test tests/Mayhem.Functions.Tests --filter {nameof(TelemetryNamesTests)}
            """);
    }

    [Fact]
    public void Events_HaveNamesAndIdsOfTheirOwn()
    {
        Assert.Empty(EmittedEvents.All.GroupBy(found => found.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(EmittedEvents.All.GroupBy(found => found.Names.Id).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(found => found.Name))));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_NamesOnlyWhatIsEmitted(string file)
    {
        var names = TelemetryNames.Listed();
        var query = KqlNames.Of(Repository.Read(file));

        Assert.Empty(query.Events.Except(names.Events.Keys, StringComparer.Ordinal));
        var events = query.Events.Count > 0 ? query.Events : [.. names.Events.Keys];
        var ofLines = events.SelectMany(name => names.Events[name].Properties).Concat(OfEveryLine);
        Assert.Empty(query.Properties.Except(ofLines.Concat(names.Exceptions.Properties), StringComparer.Ordinal));
        Assert.Empty(query.Measurements.Except(names.Exceptions.Measurements, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("traces | where customDimensions.EventName == \"Gone\"", "Gone")]
    [InlineData("traces | where tostring(customDimensions.EventName) in (\"LockLost\", \"Gone\")", "LockLost,Gone")]
    [InlineData("traces | extend Event = tostring(customDimensions.EventName) | where Event in (\"A\", \"B\")", "A,B")]
    public void KqlNames_OfAQuery_HasItsEvents(string kql, string events) => Assert.Equal(events.Split(','), KqlNames.Of(kql).Events);

    [Fact]
    public void KqlNames_OfAQuery_HasItsPropertiesAndMeasurements()
    {
        var names = KqlNames.Of("exceptions | where customDimensions.host == \"a\" and isnotempty(customDimensions[\"group\"]) | summarize sum(toint(customMeasurements.unreported))");

        Assert.Equal(["host", "group"], names.Properties);
        Assert.Equal(["unreported"], names.Measurements);
    }

    [Fact]
    public void EventsThatAlertsAndTheAuditRestUpon_AreNeverSampled()
    {
        var events = Repository.Files("infra/alerts", "*.kql").Append("infra/workbook/audit.kql").SelectMany(file => KqlNames.Of(Repository.Read(file)).Events);

        // What is refused is refused again as long as its message waits.
        Assert.Empty(events.Except(UnsampledLines.Events, StringComparer.Ordinal).Except(["GuardRefused"], StringComparer.Ordinal));
        Assert.Empty(UnsampledLines.Events.Except(TelemetryNames.Listed().Events.Keys, StringComparer.Ordinal));
    }

    public static TheoryData<string> Queries() => [.. Repository.Files("infra/alerts", "*.kql"), .. Repository.Files("infra/workbook", "*.kql")];
}
