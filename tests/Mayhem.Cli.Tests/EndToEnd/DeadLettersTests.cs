using System.Runtime.InteropServices;
using System.Text.Json;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class DeadLettersTests : IDisposable
{
    private const string Requests = """
        {"version":1,"requestId":"good","host":"cattle-0001","requester":"me"}
        {"version":1,"requestId":"bad","host":"no-such-host","requester":"me","group":"web"}
        {"version":1,"requestId":"worse","host":"none-either","requester":"me","group":"db"}
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Dlq_OfARunThatHasEnded_ListsShowsEditsReplaysExportsAndDiscards()
    {
        await File.WriteAllTextAsync(folder["requests.jsonl"], Requests);
        Assert.Equal(0, (await RunAsync("up --requests requests.jsonl --hosts 2 --json")).ExitCode);

        var listed = (await RunAsync("dlq list --json")).Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["bad", "worse"], listed.Select(dead => dead.GetProperty("requestId").GetString()).Order(StringComparer.Ordinal));
        var (bad, worse) = (NumberOf(listed, "bad"), NumberOf(listed, "worse"));
        Assert.Equal(2, Json(await RunAsync("dlq groups --json")).GetProperty("total").GetInt32());
        Assert.Contains((await RunAsync($"dlq show {bad}")).Output, line => line.Contains("mayhem reports show", StringComparison.Ordinal));

        Assert.Equal(0, (await RunAsync("dlq export --out saved.jsonl")).ExitCode);
        Assert.Equal(2, (await File.ReadAllLinesAsync(folder["saved.jsonl"])).Length);
        Assert.Equal(2, Json(await RunAsync("dlq replay --all --dry-run --why test --json")).GetProperty("planned").GetInt32());
        Assert.Equal(1, Json(await RunAsync($"dlq edit {bad} --set host=cattle-0002 --why renamed --json")).GetProperty("done").GetInt32());
        var unconfirmed = await RunAsync($"dlq discard {worse} --why gone");
        Assert.Equal(2, unconfirmed.ExitCode);
        Assert.Contains("--yes", Assert.Single(unconfirmed.Errors), StringComparison.Ordinal);
        Assert.Equal(1, Json(await RunAsync("dlq discard --group db --why gone --yes --json")).GetProperty("done").GetInt32());

        Assert.Equal(0, Json(await RunAsync("up --drain --hosts 2 --json")).GetProperty("lost").GetInt32());
        var ledger = (await RunAsync("ledger --json")).Output.Select(line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(["cattle-0001", "cattle-0002"], ledger.Where(entry => entry.GetProperty("outcome").GetString() == "restarted").Select(entry => entry.GetProperty("host").GetString()));
        Assert.Equal(2, (await RunAsync("dlq import saved.jsonl --why back --json")).Output.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("done").GetInt32()).Single());
        Assert.Equal(4, (await File.ReadAllLinesAsync(folder[".mayhem/operators.jsonl"])).Count(line => line.Contains("\"step\":\"Message\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SendStatusAndDlq_WhileUpRuns_GoThroughItsFrontDoor()
    {
        using var up = MayhemProcess.Start(folder.Path, "up --rate 0.01 --hosts 2 --door-port 0");
        await Eventually.HoldsAsync(() => File.Exists(folder[".mayhem/front-door.json"]), "the front door is open", TimeSpan.FromSeconds(60));

        Assert.Equal(1, Json(await RunAsync("send --host no-such-host --reason stuck --request-id r1 --json")).GetProperty("sent").GetInt32());
        var dead = default(JsonElement);
        await Eventually.HoldsAsync(() => (dead = Json(RunAsync("status --json").GetAwaiter().GetResult())).GetProperty("queue").GetProperty("deadLettered").GetInt32() == 1, "it is a dead letter");
        Assert.True(dead.GetProperty("running").GetBoolean());
        Assert.Equal("r1", Json(await RunAsync("dlq list --json")).GetProperty("requestId").GetString());
        var replayed = await RunAsync("dlq replay --all --why again --json");
        Assert.Equal((0, 1), (replayed.ExitCode, Json(replayed).GetProperty("done").GetInt32()));
        using var watched = MayhemProcess.Start(folder.Path, "watch --json --interval 0.2");
        await Eventually.HoldsAsync(() => watched.Output.Count > 1, "it is watched");
        watched.Send(PosixSignal.SIGINT);
        Assert.Equal(0, await watched.EndAsync());

        up.Send(PosixSignal.SIGINT);
        Assert.Equal(0, await up.EndAsync());
        Assert.False(File.Exists(folder[".mayhem/front-door.json"]));
    }

    [Theory]
    [InlineData("dlq list", "there is no such folder")]
    [InlineData("dlq replay --why x", "Which dead letters?")]
    [InlineData("dlq replay --all", "--why")]
    [InlineData("dlq list --older-than soon", "--older-than soon is no time")]
    [InlineData("dlq edit 1 --why x", "--body")]
    [InlineData("dlq import nothing.jsonl --why x", "no such f")]
    [InlineData("send", "Which host?")]
    [InlineData("send --host a!b", "host")]
    [InlineData("send --host a --file b", "Which host?")]
    [InlineData("watch --interval 0", "--interval")]
    [InlineData("completion fish", "fish")]
    public async Task WhatCannotBeDone_IsSaidInOneLine(string arguments, string words)
    {
        var (exitCode, _, errors) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dlq --help", "Examples:")]
    [InlineData("dlq replay --help", "--why")]
    [InlineData("explain --help", "Usage:")]
    public async Task Help_OfAnyCommand_IsShownThoughSomethingRequiredIsMissing(string arguments, string words)
    {
        var (exitCode, output, _) = await RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.Contains(output, line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completion_Bash_AsksTheProgramItself()
    {
        var script = await RunAsync("completion bash");
        Assert.Contains(script.Output, line => line.Contains("[suggest:", StringComparison.Ordinal));

        Assert.Contains("replay", (await RunAsync("\"[suggest:11]\" \"mayhem dlq \"")).Output);
    }

    public void Dispose() => folder.Dispose();

    private static JsonElement Json((int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors) run)
    {
        Assert.True(run.Output.Count == 1, string.Join('\n', run.Errors.Concat(run.Output)));
        return JsonDocument.Parse(run.Output[0]).RootElement;
    }

    private static long NumberOf(IEnumerable<JsonElement> listed, string request) =>
        listed.Single(dead => dead.GetProperty("requestId").GetString() == request).GetProperty("sequenceNumber").GetInt64();

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(string arguments) => MayhemProcess.RunAsync(folder.Path, arguments);
}
