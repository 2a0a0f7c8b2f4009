using System.Text.Json;
using Mayhem.Targets.Inventory;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Targets.Tests.Inventory;

public sealed class InventoryReaderTests : IDisposable
{
    private const string Vm = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{host}";
    private const string Web = "Mayhem:Inventory:targets:web:";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NothingConfigured_IsNoInventory()
    {
        var reading = Read();

        Assert.Null(reading.Inventory);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Read_Settings_AreAnInventory()
    {
        var reading = Read((Web + "Kind", "azure-vm"), (Web + "Hosts", "web-*; api-??"), (Web + "ResourceId", Vm), ("Mayhem:Inventory:Deny", "web-1"),
            (Web + "Health:Url", "http://{host}/healthz"), (Web + "Health:Limit", "00:02:00"), (Web + "TimeLimit", "00:10:00"));

        Assert.Empty(reading.Problems);
        var entry = Assert.Single(reading.Inventory!.Entries);
        Assert.Equal(("web", "web", TargetKind.AzureVm), (entry.Name, entry.Group, entry.Kind));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)), (entry.Health!.Limit, entry.Times.TimeLimit));
        Assert.IsType<InventoryAnswer.OptedIn>(reading.Inventory.Find("api-07"));
        Assert.IsType<InventoryAnswer.Denied>(reading.Inventory.Find("web-1"));
    }

    [Fact]
    public void Read_TheExampleOfTheSchema_IsAnInventory()
    {
        File.WriteAllText(folder["inventory.json"], Schema().GetProperty("examples")[0].GetRawText());

        var reading = Read(("Mayhem:InventoryFile", "inventory.json"));

        Assert.Empty(reading.Problems);
        Assert.Equal("herd", Assert.IsType<InventoryAnswer.OptedIn>(reading.Inventory!.Find("cattle_12")).Entry.Group);
        Assert.IsType<InventoryAnswer.Denied>(reading.Inventory.Find("web-db-1"));
    }

    [Fact]
    public void Read_FileAndSettings_CountAsOne()
    {
        File.WriteAllText(folder["inventory.json"], Schema().GetProperty("examples")[0].GetRawText());

        var inventory = Read(("Mayhem:InventoryFile", folder["inventory.json"]), ("Mayhem:Inventory:Deny", "web-7")).Inventory!;

        Assert.IsType<InventoryAnswer.Denied>(inventory.Find("web-7"));
        Assert.IsType<InventoryAnswer.Denied>(inventory.Find("bastion"));
        Assert.IsType<InventoryAnswer.OptedIn>(inventory.Find("web-8"));
    }

    [Theory]
    [InlineData("Kind", "azure-wm", "Mayhem:Inventory:targets:web:kind is 'azure-wm'; give one of process, azure-vm, azure-vmss-instance, webhook.")]
    [InlineData("Kind", "", "Mayhem:Inventory:targets:web:kind is missing")]
    [InlineData("Hosts", "", "Mayhem:Inventory:targets:web:hosts names no host")]
    [InlineData("Hosts", "web-[12]", "Mayhem:Inventory:targets:web:hosts holds 'web-[12]'; a pattern has letters")]
    [InlineData("ResourceId", "", "Mayhem:Inventory:targets:web:resourceId is missing")]
    [InlineData("ResourceId", "/subscriptions/prod/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{host}", "Mayhem:Inventory:targets:web:resourceId is '/subscriptions/prod")]
    [InlineData("ResourceId", "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/disks/{host}", "Mayhem:Inventory:targets:web:resourceId is")]
    [InlineData("ResourceId", "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web-1", "Mayhem:Inventory:targets:web:resourceId is the same for all hosts")]
    [InlineData("ResourceId", "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/{2}", "Mayhem:Inventory:targets:web:resourceId has {2}, but the pattern 'web-*' has only 1")]
    [InlineData("TimeLimit", "soon", "Mayhem:Inventory:targets:web:timeLimit is 'soon'; give a time from 00:00:10")]
    [InlineData("ResourceIdd", "x", "Mayhem:Inventory:targets:web:ResourceIdd is not a setting of a target of kind azure-vm; did you mean resourceId?")]
    [InlineData("Url", "https://x", "Mayhem:Inventory:targets:web:Url is not a setting of a target of kind azure-vm")]
    [InlineData("Health:Uri", "https://x", "Mayhem:Inventory:targets:web:health:Uri is not a setting of a health probe; did you mean url?")]
    [InlineData("Health:Url", "healthz", "Mayhem:Inventory:targets:web:health:url makes 'healthz', which is no URL")]
    public void Read_ABadValue_NamesTheKeyAndTheWayOut(string key, string value, string problem)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [Web + "Kind"] = "azure-vm", [Web + "Hosts"] = "web-*", [Web + "ResourceId"] = Vm };
        settings[Web + key] = value;

        var problems = Read([.. settings.Select(setting => (setting.Key, setting.Value))]).Problems;

        Assert.Contains(problems, found => found.StartsWith(problem, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Url", "http://restarter.example.net/{host}", "only https is safe")]
    [InlineData("Url", "https://me:secret@restarter.example.net/{host}", "secrets have no place here")]
    [InlineData("AuthorizationSetting", "NoSuchSetting", "there is no such setting")]
    [InlineData("TokenScope", "api://x/.default", "are both given")]
    public void Read_AnUnsafeWebhook_IsRefused(string key, string value, string problem)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [Web + "Kind"] = "webhook", [Web + "Hosts"] = "web-*", [Web + "Url"] = "https://restarter.example.net/{host}", [Web + "AuthorizationSetting"] = "Secret", ["Secret"] = "Bearer x",
        };
        settings[Web + key] = value;

        Assert.Contains(problem, Assert.Single(Read([.. settings.Select(setting => (setting.Key, setting.Value))]).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mayhem:Inventory:Targest:web:Kind", "process", "Mayhem:Inventory:Targest is not a setting of the inventory; did you mean targets?")]
    [InlineData("Mayhem:Inventory:Deny", "web-1", "Mayhem:Inventory:targets is missing")]
    [InlineData("Mayhem:Inventory:Cloud", "moon", "Mayhem:Inventory:cloud is 'moon'; give one of Public, UsGovernment, China.")]
    [InlineData("Mayhem:InventoryFile", "no-such.json", "Mayhem:InventoryFile is 'no-such.json', but there is no such file in")]
    public void Read_ABadInventory_NamesTheKey(string key, string value, string problem) =>
        Assert.Contains(Read((key, value)).Problems, found => found.StartsWith(problem, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Read_AFileThatIsNotJson_IsNamed()
    {
        File.WriteAllText(folder["inventory.json"], "{ targets:");

        Assert.StartsWith($"Mayhem:InventoryFile names {folder["inventory.json"]}, which cannot be used: ", Assert.Single(Read(("Mayhem:InventoryFile", "inventory.json")).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ABadFile_NamesItAndTheKey()
    {
        File.WriteAllText(folder["inventory.json"], """{ "targets": { "web": { "kind": "process", "hosts": [ "web-*", "db 1" ] } } }""");

        Assert.StartsWith("inventory.json: targets:web:hosts holds 'db 1'", Assert.Single(Read(("Mayhem:InventoryFile", "inventory.json")).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process")]
    [InlineData("azure-vm")]
    [InlineData("azure-vmss-instance")]
    [InlineData("webhook")]
    public void Schema_KnowsTheSettingsOfEveryKind(string kind)
    {
        var target = Schema().GetProperty("properties").GetProperty("targets").GetProperty("additionalProperties");
        var ofKind = target.GetProperty("oneOf").EnumerateArray().Single(part => part.GetProperty("properties").GetProperty("kind").GetRawText().Contains($"\"{kind}\"", StringComparison.Ordinal));
        var known = Names(target.GetProperty("properties")).Union(Names(ofKind.GetProperty("properties"))).Order(StringComparer.Ordinal);

        Assert.Equal(EntryReader.Settings(TargetKinds.Parse(kind)!.Value).Order(StringComparer.Ordinal), known);
        Assert.Equal(TargetKinds.Names, target.GetProperty("properties").GetProperty("kind").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!));
    }

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name);

    private static JsonElement Schema() =>
        JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("src/Mayhem.Targets/Inventory/inventory.schema.json"))).RootElement;

    private InventoryReading Read(params (string Key, string Value)[] settings) => InventoryReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), [folder.Path]);
}
