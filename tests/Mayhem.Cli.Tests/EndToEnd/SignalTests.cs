using System.Runtime.InteropServices;
using System.Text.Json;
using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class SignalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task Up_SignalDuringLoad_EndsWellWithNothingLostAndNoAttemptUsedUp(PosixSignal signal)
    {
        using var mayhem = MayhemProcess.Start(
            folder.Path, "up --count 40 --hosts 3 --json", ("Mayhem__Shutdown__Grace", "00:00:00"));
        await WorkIsUnderWayAsync();

        mayhem.Send(signal);

        Assert.True(await mayhem.EndAsync() == 0, string.Join('\n', mayhem.Errors));
        var summary = Summary(mayhem.Output);
        Assert.Equal(0, Number(summary, "lost"));
        Assert.True(Number(summary, "queued") > 0, mayhem.Output[0]);
        Assert.True(Number(summary, "abandoned") > 0, mayhem.Output[0]);
        await AssertNoAttemptUsedUpAsync();

        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "up --drain --hosts 3 --json");

        Assert.True(exitCode == 0, string.Join('\n', errors));
        Assert.Equal((0, 0, 40), (Number(Summary(output), "queued"), Number(Summary(output), "lost"), Number(summary, "restarted") + Number(Summary(output), "restarted")));
    }

    [Fact]
    public async Task Up_SecondCtrlC_EndsAtOnce()
    {
        using var mayhem = MayhemProcess.Start(folder.Path, "up --count 200 --hosts 3 --json", ("Mayhem__Shutdown__Grace", "00:10:00"));
        await WorkIsUnderWayAsync();

        mayhem.Send(PosixSignal.SIGINT);
        await Eventually.HoldsAsync(() => Log().Contains("asked to stop", StringComparison.Ordinal), "the first Ctrl+C has been heard");
        mayhem.Send(PosixSignal.SIGINT);

        Assert.Equal(130, await mayhem.EndAsync());
        Assert.Empty(mayhem.Output);
    }

    public void Dispose() => folder.Dispose();

    private Task WorkIsUnderWayAsync() => Eventually.HoldsAsync(
        () => Log().Contains(" restarted (attempt ", StringComparison.Ordinal), "a host was restarted", TimeSpan.FromSeconds(30));

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
