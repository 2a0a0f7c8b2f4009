using System.Text.Json;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Cli.Tests.EndToEnd;

/// <summary>The commands about guards, while another process has the ledger open.</summary>
public sealed class GuardTests : IAsyncLifetime, IDisposable
{
    private static readonly (string Name, string Value)[] Settings =
        [("Mayhem__Groups__web", "web-*"), ("Mayhem__Guards__Groups__web__Budget", "1"), ("Mayhem__Guards__Groups__web__Window", "00:00-24:00"), ("Mayhem__Guards__CoolDown", "00:10:00")];

    private readonly TemporaryFolder folder = new();
    private EmbeddedLedger ledger = null!;

    public async Task InitializeAsync() => ledger = await EmbeddedLedger.OpenAsync(folder["ledger"], null, TimeProvider.System, NullLogger.Instance);

    public async Task DisposeAsync() => await ledger.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Halt_AndResume_WorkOnARunningLedgerAtOnce_AndAreOnRecord()
    {
        var (halted, output, _) = await RunAsync("halt \"network maintenance\" --by Ada --data .");
        Assert.Equal((0, "All restarts are halted on the ledger .. What was begun is finished; other requests wait. To let them go ahead: mayhem resume"), (halted, Assert.Single(output)));
        Assert.Contains("network maintenance", Assert.IsType<IntentAnswer.Refused>(await ledger.RecordIntentAsync(new RestartIntent(Request("r1", "web-1")), default)).Refusal.Why, StringComparison.Ordinal);

        var (resumed, told, _) = await RunAsync("resume --by Grace --data .");
        Assert.Equal(0, resumed);
        Assert.Contains("Ada had halted them at", Assert.Single(told), StringComparison.Ordinal);
        Assert.IsType<IntentAnswer.Begun>(await ledger.RecordIntentAsync(new RestartIntent(Request("r1", "web-1")), default));
        Assert.Equal("Restarts were not halted on the ledger ..", Assert.Single((await RunAsync("resume --data .")).Output));

        var audit = (await RunAsync("ledger audit --json --data .")).Output.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(["halted", "resumed", "passed"], audit.Select(line => line.GetProperty("decision").GetString()));
        Assert.Equal(["Ada", "Grace"], audit.Take(2).Select(line => line.GetProperty("requester").GetString()));
    }

    [Theory]
    [InlineData("halt --data .")]
    [InlineData("halt \" \" --data .")]
    [InlineData("halt storm --data elsewhere")]
    [InlineData("guard explain --data .")]
    [InlineData("guard explain --host web-1 --at noon --data .")]
    public async Task BadArguments_AreOneLineOnStandardError(string arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("mayhem: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TellsGuardByGuardWhatWouldPassAndWhen()
    {
        var (passes, free, _) = await RunAsync("guard explain --host web-1 --json --data .");
        Assert.Equal((0, 9), (passes, free.Count));

        var limits = new RestartLimits("web") { Budget = 1, CoolDown = TimeSpan.FromMinutes(10) };
        await ledger.RecordIntentAsync(new RestartIntent(Request("r1", "web-1"), limits), default);
        await ledger.RecordIssuedAsync("r1", 1, new IssuedRestart("op-1"), default);
        await ledger.RecordRestartedAsync("r1", 1, default);
        var ended = (await ledger.FindAsync("r1", default))!;

        var (refused, lines, _) = await RunAsync("guard explain --host web-1 --json --data .");
        var answers = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToDictionary(line => line.GetProperty("guard").GetString()!, StringComparer.Ordinal);
        Assert.Equal(4, refused);
        Assert.Equal(["optIn", "age", "killSwitch", "window", "coolDown", "budget", "concurrency", "minHealthy", "ineffective"], answers.Keys);
        Assert.Equal(["coolDown", "budget"], answers.Where(answer => !answer.Value.GetProperty("passes").GetBoolean()).Select(answer => answer.Key));
        Assert.Equal(ended.EndedAt + TimeSpan.FromMinutes(10), answers["coolDown"].GetProperty("passesAt").GetDateTimeOffset());
        Assert.Equal(ended.IntentAt + TimeSpan.FromHours(1), answers["budget"].GetProperty("passesAt").GetDateTimeOffset());

        var later = ended.EndedAt!.Value.AddHours(2).ToString("O");
        Assert.Equal((0, 9), ((await RunAsync($"guard explain --host web-1 --at {later} --json --data .")).ExitCode, lines.Count));
        var text = (await RunAsync("guard explain --host web-2 --data .")).Output;
        Assert.Contains(text, line => line.StartsWith("NO    Budget", StringComparison.Ordinal));
        Assert.EndsWith(", 01:00:00 at most.", text[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ListsRefusalsWithTheirGuardRuleAndRequester()
    {
        var refusal = new Refusal("r1", "web-1", "web", "ops", "it hangs", "trace-1", new GuardRefusal(Guard.Budget, "budget 1 in 01:00:00", "The budget is used up."), "retry at 12:00");
        await ledger.RecordRefusalAsync(refusal, default);
        await ledger.RecordRefusalAsync(refusal, default);

        var line = JsonSerializer.Deserialize<JsonElement>(Assert.Single((await RunAsync("ledger audit --json --host WEB-1 --data .")).Output));
        Assert.Equal(("refused", "budget", 2), (line.GetProperty("decision").GetString(), line.GetProperty("guard").GetString(), line.GetProperty("count").GetInt32()));
        Assert.Equal(("ops", "it hangs", "trace-1"), (line.GetProperty("requester").GetString(), line.GetProperty("reason").GetString(), line.GetProperty("operationId").GetString()));
        Assert.Contains((await RunAsync("ledger audit --data .")).Output, text => text.Contains("refused: Budget", StringComparison.Ordinal));
        Assert.Empty((await RunAsync("ledger audit --json --host web-2 --data .")).Output);
    }

    private static RestartRequest Request(string id, string host) => new() { RequestId = id, Host = host, Requester = "ops", Reason = "it hangs" };

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(string arguments) => MayhemProcess.RunAsync(folder.Path, arguments, Settings);
}
