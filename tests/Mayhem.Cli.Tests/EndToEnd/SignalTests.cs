using System.Runtime.InteropServices;
using System.Text.Json;
using Mayhem.Local.Broker;
using Mayhem.Local.Chaos;
using Mayhem.Messages;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class SignalTests : IDisposable
{
    private const int Ordinary = 30;
    private const int Slow = 3;

    // The slow ones hang for one and a half times as long: until the signal comes, however slow the machine is.
    private static readonly (string Name, string Value) LongLocks = ("Mayhem__Locks__Duration", "00:04:00");

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task Up_SignalDuringLoad_EndsWellWithNothingLostAndNoAttemptUsedUp(PosixSignal signal)
    {
        var summary = await StopUnderLoadAsync(signal);

        Assert.Equal(0, Number(summary, "lost"));
        Assert.InRange(Number(summary, "abandoned"), Slow, Number(summary, "published"));
        Assert.Equal(Number(summary, "published"), Number(summary, "restarted") + Number(summary, "queued"));
        await AssertNoAttemptUsedUpAsync();
    }

    [Fact]
    public async Task Up_DrainAfterASignal_FinishesWhatWasLeft()
    {
        var stopped = await StopUnderLoadAsync(PosixSignal.SIGTERM);

        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "up --drain --hosts 3 --json");

        Assert.True(exitCode == 0, string.Join('\n', errors));
        var drained = Summary(output);
        Assert.Equal((0, 0, Number(stopped, "published")), (Number(drained, "queued"), Number(drained, "lost"), Number(stopped, "restarted") + Number(drained, "restarted")));
    }

    [Fact]
    public async Task Up_SecondCtrlC_EndsAtOnce()
    {
        using var mayhem = await StartAsync(grace: "00:10:00");

        mayhem.Send(PosixSignal.SIGINT);
        await Eventually.HoldsAsync(() => Log().Contains("asked to stop", StringComparison.Ordinal), "the first Ctrl+C has been heard");
        mayhem.Send(PosixSignal.SIGINT);

        Assert.Equal(130, await mayhem.EndAsync());
        Assert.Empty(mayhem.Output);
    }

    public void Dispose() => folder.Dispose();

    private async Task<JsonElement> StopUnderLoadAsync(PosixSignal signal)
    {
        using var mayhem = await StartAsync(grace: "00:00:00");

        mayhem.Send(signal);

        Assert.True(await mayhem.EndAsync() == 0, string.Join('\n', mayhem.Errors));
        return Summary(mayhem.Output);
    }

    // The slow requests are in flight from then on, and for the rest of the test.
    private async Task<MayhemProcess> StartAsync(string grace)
    {
        await File.WriteAllLinesAsync(folder["requests.jsonl"], [
            .. Enumerable.Range(0, Slow).Select(i => Request($"slow-{i}", ChaosReasons.Hang)),
            .. Enumerable.Range(0, Ordinary).Select(i => Request($"ordinary-{i}", "")),
        ]);
        var mayhem = MayhemProcess.Start(folder.Path, "up --requests requests.jsonl --hosts 3 --json", ("Mayhem__Shutdown__Grace", grace), LongLocks);
        try
        {
            await Eventually.HoldsAsync(() => Log().Contains(" restarted (attempt ", StringComparison.Ordinal), "a host was restarted", TimeSpan.FromSeconds(90));
            return mayhem;
        }
        catch
        {
            mayhem.Dispose();
            throw;
        }
    }

    private static string Request(string id, string reason) =>
        $$"""{"version":1,"requestId":"{{id}}","host":"cattle-0001","requester":"me","reason":"{{reason}}"}""";

    private string Log()
    {
        var path = folder[".mayhem/mayhem.log"];
        if (!File.Exists(path))
            return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private async Task AssertNoAttemptUsedUpAsync()
    {
        var queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { ["restarts"] = new() { MaxDeliveryCount = 20 } };
        await using var broker = await EmbeddedBroker.OpenAsync(
            new EmbeddedBrokerOptions { Folder = folder[".mayhem/broker"], Queues = queues }, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        var abandoned = broker.Queue("restarts").Peek(SubQueue.None, 0, 1000).Where(message => message.DeliveryCount > 0).ToList();

        Assert.NotEmpty(abandoned);
        Assert.All(abandoned, message =>
        {
            Assert.Equal(message.DeliveryCount, MessageProperties.Number(message.Properties, MessageProperties.Abandons));
            Assert.DoesNotContain(MessageProperties.Attempt, message.Properties.Keys);
            Assert.DoesNotContain(MessageProperties.Budgets, message.Properties.Keys);
        });
    }

    private static JsonElement Summary(IReadOnlyList<string> output) => JsonDocument.Parse(Assert.Single(output)).RootElement;

    private static long Number(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
