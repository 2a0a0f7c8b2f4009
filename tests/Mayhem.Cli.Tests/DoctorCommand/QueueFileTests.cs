using Mayhem.Cli.DoctorCommand;
using Mayhem.Diagnosis;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.DoctorCommand;

public sealed class QueueFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("""{ "name": "q", $ }""")]
    [InlineData("""{ "properties": { $ } }""")]
    public async Task ReadAsync_EveryProperty_IsTaken(string text)
    {
        const string values = """
            "lockDuration": "PT45S", "maxDeliveryCount": 15, "requiresDuplicateDetection": true, "duplicateDetectionHistoryTimeWindow": "PT30M",
            "defaultMessageTimeToLive": "P14D", "deadLetteringOnMessageExpiration": true, "requiresSession": true
            """;

        var expected = new QueueFacts
        {
            LockDuration = TimeSpan.FromSeconds(45), MaxDeliveryCount = 15, DuplicateWindow = TimeSpan.FromMinutes(30), TimeToLive = TimeSpan.FromDays(14),
            DeadLettersExpired = true, RequiresSession = true,
        };
        Assert.Equal(expected, await ReadAsync(text.Replace("$", values, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReadAsync_NothingGiven_IsAsAzureCreatesAQueue() => Assert.Equal(new QueueFacts(), await ReadAsync("{}"));

    [Fact]
    public async Task ReadAsync_DetectionOff_HasNoWindow() =>
        Assert.Null((await ReadAsync("""{ "requiresDuplicateDetection": false, "duplicateDetectionHistoryTimeWindow": "PT10M" }""")).DuplicateWindow);

    [Fact]
    public async Task ReadAsync_LongestTimeToLive_IsForever() =>
        Assert.Null((await ReadAsync("""{ "defaultMessageTimeToLive": "P10675199DT2H48M5.4775807S" }""")).TimeToLive);

    [Theory]
    [InlineData("""{ "lockDuration": "one minute" }""", "lockDuration is \"one minute\"")]
    [InlineData("""{ "lockDuration": 60 }""", "lockDuration is 60")]
    [InlineData("""{ "lockDuration": "-PT1M" }""", "lockDuration is \"-PT1M\"")]
    [InlineData("""{ "maxDeliveryCount": "10" }""", "maxDeliveryCount is \"10\"")]
    [InlineData("""{ "requiresSession": "no" }""", "requiresSession is \"no\"")]
    [InlineData("[]", "must hold a JSON object")]
    [InlineData("{", "is not JSON at line 1")]
    public async Task ReadAsync_BadValue_IsNamed(string text, string named)
    {
        var error = await Assert.ThrowsAsync<UsageException>(() => ReadAsync(text));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoFile_IsNamed() =>
        Assert.Contains("nowhere.json", (await Assert.ThrowsAsync<UsageException>(() => QueueFile.ReadAsync(folder["nowhere.json"]))).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private async Task<QueueFacts> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(folder["queue.json"], text);
        return await QueueFile.ReadAsync(folder["queue.json"]);
    }
}
