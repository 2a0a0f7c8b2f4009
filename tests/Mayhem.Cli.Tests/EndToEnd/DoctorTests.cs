using System.Text.Json;
using System.Text.RegularExpressions;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed partial class DoctorTests : IDisposable
{
    private const string HostRenews = "AzureFunctionsJobHost__extensions__serviceBus__maxAutoLockRenewalDuration";
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Doctor_LocalDefaults_AreHealthy()
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "doctor --strict");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Healthy", Assert.Single(output), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Doctor_TheQueueAndFunctionsOfInfra_AreHealthy(bool sessions)
    {
        var bicep = await File.ReadAllTextAsync(FileOfRepository("infra/modules/servicebus.bicep"));
        await File.WriteAllTextAsync(folder["queue.json"], QueueOf(bicep.Replace("requiresSession: requiresSession", $"requiresSession: {(sessions ? "true" : "false")}", StringComparison.Ordinal)));

        var (exitCode, output, _) = await MayhemProcess.RunAsync(
            folder.Path, "doctor --strict --json --queue queue.json", ("Mayhem__Locks__Duration", "00:01:00"), ("Mayhem__Queue__Sessions", $"{sessions}"),
            ("AzureWebJobs_RestartHost_Disabled", $"{sessions}"), ("AzureWebJobs_RestartHostInSession_Disabled", $"{!sessions}"), ("AzureWebJobs_ScheduleRestarts_Disabled", "true"));

        Assert.Empty(output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Doctor_BothFunctionsEnabledInAzure_IsAnError()
    {
        await File.WriteAllTextAsync(folder["queue.json"], QueueOf(await File.ReadAllTextAsync(FileOfRepository("infra/modules/servicebus.bicep"))));

        var (exitCode, output, _) = await MayhemProcess.RunAsync(folder.Path, "doctor --queue queue.json", ("Mayhem__Locks__Duration", "00:01:00"));

        Assert.Equal(2, exitCode);
        Assert.Contains("error MH603 AzureWebJobs.RestartHostInSession.Disabled", output);
    }

    [Fact]
    public async Task Doctor_Errors_AreAllTold()
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, "doctor --json",
            (HostRenews, "00:05:00"), ("Mayhem__Retry__Deadline", "soon"), ("Mayhem__Failures__No.Such.Exception__Class", "Fatal"));

        Assert.Equal(2, exitCode);
        Assert.Empty(errors);
        var findings = output.Select(line => JsonSerializer.Deserialize<Dictionary<string, string>>(line)!).ToList();
        Assert.Equal(["MH001", "MH001", "MH102"], findings.Select(finding => finding["code"]));
        Assert.All(findings, finding =>
        {
            Assert.Equal(["code", "key", "message", "remedy", "severity"], finding.Keys.Order(StringComparer.Ordinal));
            Assert.Equal("error", finding["severity"]);
        });
    }

    [Fact]
    public async Task Doctor_UnusableHostJson_IsAFindingForEachKey()
    {
        await File.WriteAllTextAsync(folder["host.json"], """{ "version": "2.0", "functionTimeout": "x", "extensions": { "serviceBus": { "prefetchCount": -1 } } }""");

        var (exitCode, output, _) = await MayhemProcess.RunAsync(folder.Path, "doctor");

        Assert.Equal(2, exitCode);
        Assert.Contains("error MH002 host.json: functionTimeout", output);
        Assert.Contains("error MH002 host.json: extensions.serviceBus.prefetchCount", output);
        Assert.Equal("Errors: 2, warnings: 0.", output[^1]);
    }

    [Fact]
    public async Task Doctor_UnusableLocalSettings_AreAFinding()
    {
        await File.WriteAllTextAsync(folder["local.settings.json"], "{");

        var (exitCode, output, _) = await MayhemProcess.RunAsync(folder.Path, "doctor");

        Assert.Equal(2, exitCode);
        Assert.Contains("error MH003 local.settings.json", output);
    }

    [Theory]
    [InlineData("doctor", 0)]
    [InlineData("doctor --strict", 2)]
    public async Task Doctor_Warnings_FailIfAskedTo(string arguments, int expected)
    {
        var (exitCode, output, _) = await MayhemProcess.RunAsync(folder.Path, arguments, ("AzureFunctionsJobHost__extensions__serviceBus__prefetchCount", "5000"));

        Assert.Equal(expected, exitCode);
        Assert.Contains("warning MH103 host.json: extensions.serviceBus.prefetchCount", output);
    }

    [Theory]
    [InlineData("doctor --queue nowhere.json", "nowhere.json")]
    [InlineData("doctor --queue a --namespace b", "--namespace")]
    [InlineData("doctor --namespace https://a", "--namespace https://a")]
    public async Task Doctor_QueueThatCannotBeRead_StopsWithOneLine(string arguments, string named)
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, Assert.Single(errors), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string QueueOf(string bicep)
    {
        var queue = bicep[bicep.IndexOf("resource queue", StringComparison.Ordinal)..bicep.IndexOf("resource assignment", StringComparison.Ordinal)];
        var values = Literal().Matches(queue).Select(match => $"\"{match.Groups["name"].Value}\": {match.Groups["value"].Value.Replace('\'', '"')}").ToList();
        Assert.Contains(values, value => value.StartsWith("\"lockDuration\"", StringComparison.Ordinal));
        return $"{{ {string.Join(", ", values)} }}";
    }

    private static string FileOfRepository(string path)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, path)))
                return Path.Combine(at.FullName, path);
        }
        throw new FileNotFoundException(path);
    }

    [GeneratedRegex(@"^\s*(?<name>\w+): (?<value>'[^'$]*'|\d+|true|false)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
