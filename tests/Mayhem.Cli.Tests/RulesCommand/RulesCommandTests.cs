using System.Text.Json;
using Mayhem.Cli.RulesCommand;
using Mayhem.Functions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Tests.RulesCommand;

public class RulesCommandTests
{
    [Fact]
    public void Rules_OneConfigured_ShowsWhichComesFromWhere()
    {
        var lines = Rules(json: false, ("Mayhem:Failures:TimeoutException:MaxAttempts", "2"));
        Assert.Single(lines, line => line.StartsWith("configuration  System.TimeoutException: Transient", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("configuration", StringComparison.Ordinal));
        Assert.Contains("code           System.Net.Http.HttpRequestException when status 401, 403 or 404: dead-letter at once as Fatal:HttpRequestException", lines);
    }

    [Fact]
    public void Rules_Json_IsOneObjectALine()
    {
        using var rule = JsonDocument.Parse(Assert.Single(Rules(json: true), line => line.Contains("429", StringComparison.Ordinal)));
        Assert.Equal(
            ("System.Net.Http.HttpRequestException", "status 429 or 503", "Throttled", "code"),
            (rule.RootElement.GetProperty("type").GetString(), rule.RootElement.GetProperty("when").GetString(), rule.RootElement.GetProperty("class").GetString(), rule.RootElement.GetProperty("origin").GetString()));
    }

    [Fact]
    public void Explain_ConfiguredTimeout_TellsEveryAttempt() => Assert.Equal(
        [
            "System.TimeoutException: Transient, try again after 00:00:04, times 2 each time up to 00:05:00, jitter 50 %, 3 attempts in all",
            "  from configuration",
            "  attempt 1 fails: wait 4 s (2 s to 6 s) in place or as a scheduled copy; 4 s in all",
            "  attempt 2 fails: wait 8 s (4 s to 12 s) in place or as a scheduled copy; 12 s in all",
            "  attempt 3 fails: dead-letter as RetriesExhausted",
            "  The message's deadline of 01:00:00 (Mayhem:Retry:Deadline) comes later, if the attempts themselves are quick.",
        ],
        Explain("TimeoutException", json: false, ("Mayhem:Failures:TimeoutException:FirstDelay", "00:00:04"), ("Mayhem:Failures:TimeoutException:Jitter", "0.5"), ("Mayhem:Failures:TimeoutException:MaxAttempts", "3")));

    [Theory]
    [InlineData("false", "at the head of its session, and is given back and delivered again meanwhile", "the later messages of its session wait with it.")]
    [InlineData("true", "as a scheduled copy", "The later messages of its session overtake a scheduled copy")]
    public void Explain_QueueWithSessions_TellsWhereItsMessagesWait(string reorder, string place, string consequence)
    {
        var settings = Settings([
            ("Mayhem:Failures:TimeoutException:Delay", "00:04:00"), ("Mayhem:Failures:TimeoutException:MaxAttempts", "2"), ("Mayhem:Retry:ReorderSessions", reorder),
        ]);

        var lines = Lines(output => Explanation.Write(settings, new ExplainedQueue(20, TimeSpan.FromMinutes(3)), "TimeoutException", json: false, output));

        Assert.Contains($"  attempt 1 fails: wait 00:04:00 {place}; 00:04:00 in all", lines);
        Assert.Contains(consequence, lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData("", true, 15)]
    [InlineData("true", false, 15)]
    public void Queue_OfTheSettings_HasSessionsIfTheyOrTheUserSaySo(string setting, bool asked, int? minutes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Mayhem:Queue:Sessions", (string?)setting)]).Build();

        Assert.Equal(minutes, ExplainedQueue.From(configuration, asked).SessionPatience?.TotalMinutes);
    }

    [Fact]
    public void Explain_DerivedType_NamesTheBaseThroughWhichItMeetsTheRule() => Assert.Contains(
        "  from code; Mayhem.Restarts.AmbiguousRestartException meets it through its base type Mayhem.Restarts.RestartFailedException",
        Explain("AmbiguousRestartException", json: false));

    [Fact]
    public void Explain_Json_TellsThatTheDeadlineComesFirst()
    {
        using var line = JsonDocument.Parse(Assert.Single(Explain(
            "System.IO.IOException", json: true, ("Mayhem:Failures:IOException:Delay", "00:00:40"), ("Mayhem:Retry:Deadline", "00:01:00"))));
        var root = line.RootElement;
        Assert.True(root.GetProperty("endsByDeadline").GetBoolean());
        Assert.Equal("RetriesExhausted", root.GetProperty("deadLetterReason").GetString());
        Assert.Equal("ScheduledCopy", Assert.Single(root.GetProperty("attempts").EnumerateArray()).GetProperty("place").GetString());
    }

    [Fact]
    public void Explain_Abandoned_TellsWhenTheBrokerGivesTheMessageUp() => Assert.Equal(
        [
            "System.TimeoutException: report, and give the message back at once, until the queue's MaxDeliveryCount",
            "  from configuration",
            "  each attempt fails: abandon, and the broker delivers the message again at once; the failure is in its history",
            "  attempt 20 fails: the queue's maxDeliveryCount is used up, and the broker dead-letters it as MaxDeliveryCountExceeded",
        ],
        Explain("TimeoutException", json: false, ("Mayhem:Failures:TimeoutException:Class", "Abandoned")));

    [Fact]
    public void Explain_AbandonedAsJson_CountsTheDeliveries()
    {
        using var line = JsonDocument.Parse(Assert.Single(Explain("TimeoutException", json: true, ("Mayhem:Failures:TimeoutException:Class", "Abandoned"))));
        Assert.Equal(
            (20, "MaxDeliveryCountExceeded", "abandon, again and again"),
            (line.RootElement.GetProperty("deliveries").GetInt32(), line.RootElement.GetProperty("deadLetterReason").GetString(), line.RootElement.GetProperty("end").GetString()));
    }

    [Theory]
    [InlineData("TimeOutExcepton")]
    [InlineData("System.String")]
    [InlineData(" ")]
    public void Explain_UnknownType_IsRefused(string type) =>
        Assert.StartsWith($"'{type}' is no exception type", Assert.Throws<UsageException>(() => Explain(type, json: false)).Message, StringComparison.Ordinal);

    private static string[] Rules(bool json, params (string Key, string Value)[] configured) => Lines(output => RulesList.Write(Settings(configured), json, output));

    private static string[] Explain(string type, bool json, params (string Key, string Value)[] configured) =>
        Lines(output => Explanation.Write(Settings(configured), new ExplainedQueue(20), type, json, output));

    private static RecoverySettings Settings((string Key, string Value)[] configured) => RecoverySettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(configured.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());

    private static string[] Lines(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
