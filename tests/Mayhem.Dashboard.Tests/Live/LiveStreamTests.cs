using System.Text.Json.Nodes;
using Mayhem.Observation;

namespace Mayhem.Dashboard.Tests.Live;

public sealed class LiveStreamTests : IAsyncLifetime
{
    private DashboardStage stage = null!;

    public async Task InitializeAsync() => stage = await DashboardStage.OpenAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Live_WhileTheEngineWorks_TellsWhatIsInFlightAndCounted()
    {
        using var message = stage.Engine.InFlight.Enter("m-1", TimeProvider.System);
        message.Host = "cattle-0001";
        message.Stage = MessageStage.Restarting;
        stage.Engine.Counters.Count(ProcessingEvent.Restarted);

        var state = await NextAsync(state => (int)state["inFlight"]!["count"]! == 1);

        Assert.Equal("cattle-0001", (string?)state["inFlight"]!["rows"]![0]!["host"]);
        Assert.Equal("Restarting", (string?)state["inFlight"]!["rows"]![0]!["stage"]);
        Assert.Equal(1, (long)state["counts"]!["restarted"]!);
    }

    [Fact]
    public async Task Live_AScheduledMessage_WaitsWithItsDueTime()
    {
        var due = TimeProvider.System.GetUtcNow().AddMinutes(10);
        await stage.Broker.SendAsync(DashboardStage.Request("r-1", "cattle-0001") with { ScheduledFor = due }, CancellationToken.None);

        var state = await NextAsync(state => state["waiting"] is { } waiting && (int)waiting["count"]! == 1);

        Assert.Equal("cattle-0001", (string?)state["waiting"]!["rows"]![0]!["host"]);
        Assert.Equal(due, (DateTimeOffset)state["waiting"]!["rows"]![0]!["dueAt"]!, TimeSpan.FromSeconds(1));
        Assert.Equal(1, (long)state["queue"]!["scheduled"]!);
    }

    [Fact]
    public async Task Live_Halted_TellsWhoAndWhy()
    {
        await stage.Ledger.HaltAsync("too many at once", "ann", CancellationToken.None);

        var state = await NextAsync(state => state["halt"] is not null);

        Assert.Equal("ann", (string?)state["halt"]!["by"]);
        Assert.Equal("too many at once", (string?)state["halt"]!["reason"]);
    }

    [Fact]
    public async Task Live_QueueThatFails_SaysSoAndGoesOn()
    {
        await using var broken = await DashboardStage.OpenAsync(change: sources => sources with { Depths = _ => throw new InvalidOperationException("no queue today"), Engine = null });

        var state = await NextAsync(state => state["queueError"] is not null, broken);

        Assert.Equal("no queue today", (string?)state["queueError"]);
        Assert.Null(state["inFlight"]);
        Assert.Null(state["counts"]);
    }

    private async Task<JsonNode> NextAsync(Func<JsonNode, bool> isWanted, DashboardStage? of = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var http = await (of ?? stage).HttpAsync();
        await using var stream = await http.GetStreamAsync("/api/live", limit.Token);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonNode.Parse(line[6..])! is var state && isWanted(state))
                return state;
        }

        throw new EndOfStreamException("The stream has ended.");
    }
}
