using Mayhem.Testing;

namespace Mayhem.Crash;

/// <summary>Damage that no crash leaves: records that were saved cannot be read any more. Nothing is done on half of the records, unless an operator says so.</summary>
public sealed class When_a_journal_is_damaged : IDisposable
{
    private readonly DataFolder data = new();

    [Theory]
    [InlineData("broker/restarts", 0, 0)]
    [InlineData("ledger", 3, 1)]
    public async Task The_start_is_refused_until_the_loss_is_accepted(string journal, int lost, int lastExitCode)
    {
        Assert.Equal(0, (await MayhemProcess.RunAsync(data.Path, "up --count 3 --hosts 1 --json")).ExitCode);
        var restarted = data.RequestsWithAStart();
        var log = Assert.Single(Directory.GetFiles(data[$".mayhem/{journal}"], "*.log"));
        var damaged = await File.ReadAllBytesAsync(log);
        damaged[50]++;
        await File.WriteAllBytesAsync(log, damaged);

        var (exitCode, output, errors) = await MayhemProcess.RunAsync(data.Path, "up --drain --hosts 1 --json");
        Assert.Equal((2, 0), (exitCode, output.Count));
        Assert.Contains(errors, line => line.Contains($"{System.IO.Path.GetFileName(log)}' is damaged at byte 32", StringComparison.Ordinal) && line.EndsWith("--accept-loss", StringComparison.Ordinal));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(log));

        // The ledger is what tells that the requests were carried out: without it the queue's own account shows what is missing.
        var (accepted, summary) = await data.DrainAsync("--hosts 1 --accept-loss");
        Assert.Equal((lastExitCode, lost), (accepted, summary.GetProperty("lost").GetInt32()));
        Assert.Equal(damaged[32..], await File.ReadAllBytesAsync(log + ".corrupt-1"));
        Assert.Equal(restarted, data.RequestsWithAStart());
        Assert.Equal(lastExitCode, (await data.DrainAsync("--hosts 1")).ExitCode);
    }

    public void Dispose() => data.Dispose();
}
