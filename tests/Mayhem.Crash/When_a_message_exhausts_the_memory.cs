using System.Text.Json;
using Mayhem.Testing;

namespace Mayhem.Crash;

/// <summary>An out-of-memory exception ends the process after its report; the message comes back, and after three deaths it is dead-lettered.</summary>
public sealed class When_a_message_exhausts_the_memory : IDisposable
{
    private readonly DataFolder data = new();

    [Fact]
    public async Task The_process_ends_with_a_code_and_the_third_death_is_the_last()
    {
        await File.WriteAllTextAsync(data["requests.jsonl"], """
            {"version":1,"requestId":"deadly","host":"cattle-0001","requester":"test","reason":"chaos:out-of-memory"}
            {"version":1,"requestId":"harmless","host":"cattle-0002","requester":"test"}
            """);

        var (exitCode, _, errors) = await MayhemProcess.RunAsync(data.Path, "up --requests requests.jsonl --hosts 2 --json");
        Assert.True(exitCode == 70, string.Join('\n', errors));
        Assert.Contains("System.OutOfMemoryException", await File.ReadAllTextAsync(data[".mayhem/mayhem.log"]), StringComparison.Ordinal);

        for (var death = 2; death <= 3; death++)
            Assert.Equal(70, (await MayhemProcess.RunAsync(data.Path, "up --drain --hosts 2 --json")).ExitCode);

        var (lastCode, summary) = await data.DrainAsync("--hosts 2");
        Assert.Equal((0, 0, 0), (lastCode, summary.GetProperty("lost").GetInt32(), summary.GetProperty("queued").GetInt32()));
        Assert.Equal("""{"HostCrash":1}""", JsonSerializer.Serialize(summary.GetProperty("deadLettered")));
        Assert.Equal(["harmless"], data.RequestsWithAStart());
    }

    public void Dispose() => data.Dispose();
}
