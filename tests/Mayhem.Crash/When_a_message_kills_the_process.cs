using System.Text.Json;
using Mayhem.Testing;

namespace Mayhem.Crash;

/// <summary>A message on which the process dies each time, with no chance to say so, is set aside after three deaths; the messages before and after it are carried out.</summary>
public sealed class When_a_message_kills_the_process : IDisposable
{
    // One at a time: a death counts against all messages that are in flight.
    private static readonly (string, string) OneAtATime = ("AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls", "1");

    private readonly DataFolder data = new();

    [Fact]
    public async Task It_is_dead_lettered_after_three_deaths_and_its_neighbours_are_carried_out()
    {
        await File.WriteAllLinesAsync(data["requests.jsonl"], new[] { "before", "deadly", "after" }.Select(id =>
            $$"""{"version":1,"requestId":"{{id}}","host":"cattle-0001","requester":"test"}"""));

        for (var death = 1; death <= 3; death++)
        {
            var source = death == 1 ? "--requests requests.jsonl" : "--drain";
            var (exitCode, _, errors) = await MayhemProcess.RunAsync(data.Path, $"up {source} --hosts 1 --json --die-at before-handler@deadly", OneAtATime);
            Assert.True(exitCode == 128 + 9, string.Join('\n', errors));
        }

        var (lastCode, summary) = await data.DrainAsync("--hosts 1 --die-at before-handler@deadly", OneAtATime);
        Assert.Equal((0, 0), (lastCode, summary.GetProperty("lost").GetInt32()));
        Assert.Equal("""{"HostCrash":1}""", JsonSerializer.Serialize(summary.GetProperty("deadLettered")));
        Assert.Equal(["before", "after"], data.RequestsWithAStart());
    }

    public void Dispose() => data.Dispose();
}
