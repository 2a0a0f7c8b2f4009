using System.Text.Json;
using Mayhem.Cli.Tests.ReportsCommand;
using Mayhem.Reporting.Folders;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class ReportsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Up_WithChaos_LeavesReports_ThatAreListedAndShown()
    {
        var (_, output, _) = await MayhemProcess.RunAsync(folder.Path, "up --count 40 --chaos 0.6 --seed 11 --hosts 4 --json");
        var reports = JsonDocument.Parse(output.Single()).RootElement.GetProperty("reports").GetInt64();
        Assert.True(reports > 0, output.Single());

        var (listed, lines, errors) = await RunAsync("reports list --json");
        Assert.True(listed == 0, string.Join('\n', errors));
        Assert.Equal(reports, lines.Count);
        var ids = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);

        var ofAHost = lines.Select(line => JsonDocument.Parse(line).RootElement).First(line => line.GetProperty("host").GetString() is not null);
        var (shown, text, _) = await RunAsync($"reports show {ofAHost.GetProperty("id")}");
        Assert.Equal(0, shown);
        Assert.Contains(ofAHost.GetProperty("id").GetString()!, text[0], StringComparison.Ordinal);
        Assert.Contains(text, line => line.Contains(ofAHost.GetProperty("host").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_AFolder_IsFilteredGroupedAndShown()
    {
        Keep("0aaa", At, "f1");
        Keep("0bbb", At.AddHours(1), "f1", unreported: 5);
        Keep("0bcc", At.AddHours(2), "f2");
        await File.WriteAllTextAsync(folder["kept/0ddd.json"], "{ half a rep");

        var all = await RunAsync("reports list --folder kept");
        Assert.Equal(0, all.ExitCode);
        Assert.Equal(["0bcc", "0bbb", "0aaa"], all.Output.Select(line => line.Trim().Split(' ')[^1]).Where(word => word.StartsWith("0b", StringComparison.Ordinal) || word == "0aaa"));
        Assert.Contains(all.Errors, line => line.Contains("0ddd.json cannot be read", StringComparison.Ordinal));

        Assert.Equal(2, (await RunAsync("reports list --folder kept --fingerprint f1 --json")).Output.Count);
        Assert.Single((await RunAsync("reports list --folder kept --since 2026-11-20T13:30:00Z --json")).Output);
        var groups = (await RunAsync("reports list --folder kept --by-fingerprint --json")).Output;
        Assert.Equal(7, JsonDocument.Parse(groups[0]).RootElement.GetProperty("failures").GetInt64());

        Assert.Contains("0bcc", (await RunAsync("reports show last --folder kept")).Output[0], StringComparison.Ordinal);
        Assert.Equal("f1", JsonDocument.Parse((await RunAsync("reports show 0a --folder kept --json")).Output.Single()).RootElement.GetProperty("fingerprint").GetString());
    }

    [Theory]
    [InlineData("reports show 0b --folder kept", "'0b' is the beginning of 2 ids")]
    [InlineData("reports show ffff --folder kept", "There is no report whose id begins with 'ffff'")]
    [InlineData("reports show 0ddd --folder kept", "cannot be read")]
    [InlineData("reports show last --folder empty", "There are no reports")]
    [InlineData("reports list --folder nowhere", "--folder nowhere: there is no such folder")]
    [InlineData("reports list --data nowhere", "--data nowhere: there is no such folder")]
    [InlineData("reports list --folder kept --since soon", "--since soon is no time")]
    [InlineData("reports show --folder kept", "See: mayhem reports show --help")]
    public async Task Reports_WhatCannotBeDone_IsSaidInOneLine(string arguments, string words)
    {
        Keep("0bbb", At, "f1");
        Keep("0bcc", At, "f2");
        await File.WriteAllTextAsync(folder["kept/0ddd.json"], "{ half a rep");
        Directory.CreateDirectory(folder["empty"]);

        var (exitCode, _, errors) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NoReports_SaysSo()
    {
        Directory.CreateDirectory(folder["empty"]);

        var (exitCode, output, _) = await RunAsync("reports list --folder empty");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("There are no reports", Assert.Single(output), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Keep(string id, DateTimeOffset at, string fingerprint, int unreported = 0) =>
        new ReportFolder(new ReportFolderOptions(folder["kept"])).Add(ReportLineTests.Report(id, at, fingerprint, unreported));

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(string arguments) => MayhemProcess.RunAsync(folder.Path, arguments);
}
