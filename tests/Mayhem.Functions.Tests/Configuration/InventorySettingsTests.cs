using Azure.Messaging.ServiceBus;
using Mayhem.Breakers;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Restarts;
using Mayhem.Targets.Inventory;
using Mayhem.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Functions.Tests.Configuration;

/// <summary>What an app does with an inventory, and what it does not without being told so.</summary>
public sealed class InventorySettingsTests : IDisposable
{
    private static readonly Dictionary<string, string?> Vms = new(StringComparer.Ordinal)
    {
        ["MayhemQueue"] = "restarts",
        ["Mayhem:Inventory:Targets:web:Kind"] = "azure-vm",
        ["Mayhem:Inventory:Targets:web:Hosts"] = "web-*",
        ["Mayhem:Inventory:Targets:web:ResourceId"] =
            "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{host}",
        ["Mayhem:Inventory:Deny"] = "web-9",
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Invoke_AnOptedInHost_IsADryRunUnlessToldOtherwise()
    {
        await using var app = new TestApp(Vms);
        await app.StartAsync();

        await app.InvokeAsync(Request("web-1"));

        Assert.Equal(["complete m-1"], app.Actions.Calls);
        Assert.Equal(RestartState.WouldRestart, (await app.Provider.GetRequiredService<ILedger>().FindAsync("r-1", default))?.State);
    }

    [Theory]
    [InlineData("db-1")]
    [InlineData("web-9")]
    public async Task Invoke_AHostThatIsNotOptedInOrDenied_IsDeadLettered(string host)
    {
        await using var app = new TestApp(Vms);
        await app.StartAsync();

        await Assert.ThrowsAsync<MessageDeadLetteredException>(() => app.InvokeAsync(Request(host)));

        Assert.Equal("Denied", app.Actions.Reason);
    }

    [Fact]
    public async Task Start_NotADryRun_NeedsALastingLedger()
    {
        await using var app = new TestApp(With(("Mayhem:DryRun", "false")));

        var errors = ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync));

        Assert.StartsWith("Mayhem:Ledger:Directory is missing", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NotADryRun_WithALedger_ActsOnTheInventory()
    {
        await using var app = new TestApp(With(("Mayhem:DryRun", "false"), ("Mayhem:Ledger:Directory", folder["ledger"])));

        await app.StartAsync();

        var target = Assert.IsType<InventoryTarget>(app.Provider.GetRequiredService<IRestartTarget>());
        Assert.False(target.IsDryRun(Assert.Single(target.Inventory.Entries)));
    }

    [Fact]
    public async Task Start_ABadInventory_NamesItsKeys()
    {
        await using var app = new TestApp(With(("Mayhem:Inventory:Targets:web:Kind", "azure"), ("Mayhem:InventoryFile", "no-such.json")));

        var errors = ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync));

        Assert.Collection(errors,
            error => Assert.StartsWith("Mayhem:Inventory:targets:web:kind is 'azure'; give one of ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("Mayhem:InventoryFile is 'no-such.json', but there is no such file in ", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithGroupsBesideTheInventory_IsAnError()
    {
        await using var app = new TestApp(With(("Mayhem:Groups:frontend", "web-*")));

        var errors = ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync));

        Assert.StartsWith("Mayhem:Groups:frontend is given beside an inventory", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnInventory_GroupsHostsByItsTargets()
    {
        await using var app = new TestApp(With(("Mayhem:Inventory:Targets:web:Group", "frontend")));

        Assert.Equal("frontend", app.Provider.GetRequiredService<IHostGroups>().GroupOf("web-1"));
    }

    [Fact]
    public async Task Start_ProcessesWithoutAFleet_IsAnError()
    {
        await using var app = new TestApp(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MayhemQueue"] = "restarts", ["Mayhem:Inventory:Targets:fleet:Kind"] = "process", ["Mayhem:Inventory:Targets:fleet:Hosts"] = "cattle-*",
        });

        Assert.Contains("only mayhem up has processes", Assert.Single(ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync))), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_KeysOfTheInventory_AreToldByTheInventoryOnly()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        foreach (var (key, value) in With(("Mayhem:Inventory:Targets:web:Kindd", "x"), ("Mayhem:InventoryFil", "x")))
            configuration[key] = value;

        Assert.Equal(["Mayhem:InventoryFil"], KnownSettings.Unknown(configuration).Select(setting => setting.Key));
        Assert.Contains(MayhemSettings.Read(configuration, hasTarget: false, hasLedger: false).Problems,
            problem => problem.StartsWith("Mayhem:Inventory:targets:web:Kindd is not a setting of a target of kind azure-vm; did you mean kind?", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> With(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Vms, StringComparer.Ordinal);
        foreach (var (key, value) in settings)
            all[key] = value;
        return all;
    }

    private static ServiceBusReceivedMessage Request(string host)
    {
        var now = TimeProvider.System.GetUtcNow();
        return ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString($$"""{"version":1,"requestId":"r-1","host":"{{host}}","requester":"me"}"""),
            messageId: "m-1", deliveryCount: 1, enqueuedTime: now, lockedUntil: now.AddMinutes(1), lockTokenGuid: Guid.NewGuid());
    }
}
