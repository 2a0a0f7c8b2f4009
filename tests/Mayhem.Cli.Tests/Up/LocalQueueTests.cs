using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Tests.Up;

public class LocalQueueTests
{
    [Theory]
    [InlineData("00:00:02", 2)]
    [InlineData("00:00:00", 30)]
    [InlineData("01:00:00", 30)]
    [InlineData("long", 30)]
    public void From_LockDurationOfTheApp_IsTheQueuesIfTheAppTakesIt(string setting, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LocalQueue.From(Of(("Mayhem:Locks:Duration", setting))).LockDuration);

    [Fact]
    public void From_LocalDefaults_HasAShortLock() =>
        Assert.Equal(TimeSpan.FromSeconds(5), LocalQueue.From(new ConfigurationBuilder().AddInMemoryCollection(LocalDefaults.Values).Build()).LockDuration);

    private static IConfiguration Of(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
