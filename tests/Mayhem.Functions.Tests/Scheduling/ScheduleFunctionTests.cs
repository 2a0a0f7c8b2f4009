using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Functions.Triggers;
using Mayhem.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Functions.Tests.Scheduling;

public sealed class ScheduleFunctionTests
{
    [Fact]
    public async Task Run_SwitchedOn_PublishesOrdinaryRequestsOfHostsThatAreOptedIn()
    {
        await using var app = App(("Mayhem:Scheduler:Enabled", "true"), ("Mayhem:Scheduler:Mean", "00:01:00"), ("Mayhem:Scheduler:Requester", "monkey"));

        await RunAsync(app);

        var message = Assert.Single(app.Scheduled).Message;
        var request = Assert.IsType<ParseResult.Readable>(RestartRequestParser.Parse(message.Body)).Request;
        Assert.Equal(("web-1", "fleet", "monkey"), (request.Host, request.Group, request.Requester));
        Assert.Equal((request.RequestId, request.RequestId), (message.MessageId, message.CorrelationId));
    }

    [Fact]
    public async Task Run_OnAQueueWithSessions_SendsIntoTheSessionOfTheHost()
    {
        await using var app = App(
            ("Mayhem:Scheduler:Enabled", "true"), ("Mayhem:Scheduler:Mean", "00:01:00"), ("Mayhem:Queue:Sessions", "true"), ("AzureWebJobs.RestartHost.Disabled", "true"));

        await RunAsync(app);

        Assert.Equal("web-1", Assert.Single(app.Scheduled).Message.SessionId);
    }

    [Fact]
    public async Task Run_ByDefault_PublishesNothing()
    {
        await using var app = App();

        await RunAsync(app);

        Assert.Empty(app.Scheduled);
    }

    [Theory]
    [InlineData("Mayhem:Scheduler:Mean", "often", "Mayhem:Scheduler:Mean is 'often'; give a time, as 00:00:30 for thirty seconds.")]
    [InlineData("Mayhem:Scheduler:Groups:web", "00:00:30", "Mayhem:Scheduler:Groups:web is '00:00:30'; allowed is 00:01:00 to 365.00:00:00, the mean time between two restarts in the group.")]
    [InlineData("Mayhem:Scheduler:Groups:web:Mean", "01:00:00", "Mayhem:Scheduler:Groups:web has one value: the mean time between two restarts in the group, as 04:00:00.")]
    [InlineData("Mayhem:Scheduler:Every", "1", "Mayhem:Scheduler:Every is not a setting; there are Enabled, Mean, Hosts, Expiry, Requester, Seed, Groups.")]
    [InlineData("Mayhem:Scheduler:Enabled", "true", "Mayhem:Scheduler:Enabled is true, but there are no hosts to choose from: name some that are opted in in Mayhem:Scheduler:Hosts.")]
    public void Problems_OfABadSetting_NameTheKey(string key, string value, string sentence)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build();

        Assert.Equal(sentence, Assert.Single(SchedulerSettings.From(configuration).Problems(hasHosts: false, inventory: null)));
    }

    [Fact]
    public void MeanOf_AGroupWithItsOwn_IsThat()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Mayhem:Scheduler:Groups:web", (string?)"04:00:00")]).Build();
        var settings = SchedulerSettings.From(configuration);

        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromDays(1)), (settings.MeanOf("Web"), settings.MeanOf("api")));
    }

    // Of the three hosts one is denied, one is not opted in, and one is left.
    private static TestApp App(params (string Key, string Value)[] settings) => new(new Dictionary<string, string?>(
        settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)), StringComparer.OrdinalIgnoreCase)
    {
        ["MayhemQueue"] = "restarts",
        ["Mayhem:DryRun"] = "true",
        ["Mayhem:Scheduler:Hosts"] = "db-1; web-1; web-2",
        ["Mayhem:Inventory:Deny"] = "web-2",
        ["Mayhem:Inventory:Targets:fleet:Kind"] = "webhook",
        ["Mayhem:Inventory:Targets:fleet:Hosts"] = "web-*",
        ["Mayhem:Inventory:Targets:fleet:Url"] = "https://restarts.example.net/{host}",
    });

    private static async Task RunAsync(TestApp app)
    {
        await app.StartAsync();
        await ActivatorUtilities.CreateInstance<ScheduleFunction>(app.Provider).RunAsync(new TimerInfo(), CancellationToken.None);
    }
}
