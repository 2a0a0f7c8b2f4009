using Mayhem.Testing;

namespace Mayhem.Cli.Tests.EndToEnd;

public sealed class BadStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("MayhemQueue", "", "MayhemQueue")]
    [InlineData("MayhemQueue", "..", "MayhemQueue")]
    [InlineData("AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls", "many", "maxConcurrentCalls")]
    [InlineData("Mayhem__Failures__No.Such.Exception__Class", "Fatal", "Mayhem:Failures:No.Such.Exception")]
    [InlineData("Mayhem__Failures__System.TimeoutException__Delay", "-00:00:05", "Mayhem:Failures:System.TimeoutException:Delay")]
    public async Task Up_BadConfiguration_StopsWithOneLineThatNamesTheKey(string name, string value, string key) =>
        await AssertRefusedAsync("up --count 1", key, (name, value));

    [Theory]
    [InlineData("rules")]
    [InlineData("explain TimeoutException")]
    public async Task Rules_BadConfiguration_StopsWithOneLineThatNamesTheKey(string arguments) =>
        await AssertRefusedAsync(arguments, "Mayhem:Failures:TimeoutException:Delay", ("Mayhem__Failures__TimeoutException__Delay", "-1"));

    [Theory]
    [InlineData("up --requests nowhere.jsonl", "--requests nowhere.jsonl")]
    [InlineData("up --requests .", "--requests .")]
    [InlineData("up --count 1 --data file/below", "--data file/below")]
    [InlineData("up --count 0", "--count")]
    [InlineData("up --rate 0", "--rate")]
    [InlineData("up --rate fast", "--rate must be a number, not 'fast'")]
    [InlineData("up --chaos 1.5", "--chaos")]
    [InlineData("up --count 1 --drain", "--drain")]
    [InlineData("up --colour", "--colour")]
    [InlineData("up --port 70000", "--port")]
    [InlineData("up --listen 0.0.0.0", "--listen")]
    [InlineData("dashboard --data nowhere", "--data nowhere")]
    [InlineData("down", "down")]
    [InlineData("ledger --data nowhere", "--data nowhere")]
    [InlineData("explain Timeout", "System.TimeoutException")]
    [InlineData("explain", "explain --help")]
    public async Task Mayhem_BadUsage_StopsWithOneLineThatNamesIt(string arguments, string named)
    {
        await File.WriteAllTextAsync(folder["file"], "");

        await AssertRefusedAsync(arguments, named);
    }

    public void Dispose() => folder.Dispose();

    private async Task AssertRefusedAsync(string arguments, string named, params (string Name, string Value)[] environment)
    {
        var (exitCode, output, errors) = await MayhemProcess.RunAsync(folder.Path, arguments, environment);

        Assert.Equal(2, exitCode);
        Assert.Contains(named, Assert.Single(errors), StringComparison.Ordinal);
        Assert.StartsWith("mayhem: ", errors[0], StringComparison.Ordinal);
        Assert.Empty(output);
    }
}
