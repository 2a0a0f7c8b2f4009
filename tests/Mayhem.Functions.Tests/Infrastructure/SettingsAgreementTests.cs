using System.Text.Json;
using System.Text.RegularExpressions;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Functions.Triggers;
using Mayhem.Locks;
using Mayhem.Recovery;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Tests.Infrastructure;

/// <summary>What local.settings.sample.json, host.json and the Bicep say is one thing, and what the code reads.</summary>
public sealed partial class SettingsAgreementTests
{
    private static readonly IReadOnlyDictionary<string, string> InAzure = AppSettings();
    private static readonly IReadOnlyDictionary<string, string> Sample = SampleValues();

    [Fact]
    public void AppSettings_AreKnownToTheCode()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(InAzure.Select(pair => KeyValuePair.Create(Key(pair.Key), (string?)pair.Value))).Build();

        Assert.Empty(KnownSettings.Unknown(configuration).Select(unknown => unknown.Key));
    }

    [Fact]
    public void AppSettings_AreShownByTheSample()
    {
        // A laptop connects with your own login, and its storage is an emulator.
        string[] azureOnly = ["AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ServiceBusConnection__clientId", "ServiceBusConnection__credential"];

        Assert.Empty(InAzure.Keys.Where(key => !key.StartsWith("AzureWebJobsStorage__", StringComparison.Ordinal)).Except(Sample.Keys.Concat(azureOnly), StringComparer.Ordinal));
    }

    [Fact]
    public void AppSettings_HaveWhatTheAppAndTheHostMustHave() => Assert.Empty(new[]
    {
        MayhemOptions.QueueKey, "ServiceBusConnection__fullyQualifiedNamespace", "AzureWebJobsStorage__accountName", "APPLICATIONINSIGHTS_CONNECTION_STRING",
        FunctionSwitches.KeyOf(RestartFunction.Name), FunctionSwitches.KeyOf(RestartInSessionFunction.Name),
    }.Except(InAzure.Keys, StringComparer.Ordinal));

    [Fact]
    public async Task AppSettings_AsTheyAreByDefault_StartTheApp()
    {
        var settings = InAzure.ToDictionary(pair => Key(pair.Key), pair => (string?)ByDefault(pair.Value), StringComparer.Ordinal);
        await using var app = new TestApp(settings, online: true);

        Assert.Empty(MayhemSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), hasTarget: false, hasLedger: false).Problems);
        Assert.Equal("true", settings["Mayhem:DryRun"]);
    }

    [Fact]
    public void Lock_IsAsLongInTheQueueAsInTheSettings()
    {
        var ofQueue = System.Xml.XmlConvert.ToTimeSpan(Match(Repository.Read("infra/modules/servicebus.bicep"), @"lockDuration: '(\w+)'"));

        Assert.Equal(ofQueue, TimeSpan.Parse(InAzure["Mayhem__Locks__Duration"].Trim('\''), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(ofQueue, TimeSpan.Parse(Sample["Mayhem__Locks__Duration"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Host_LetsHandlersTakeTheirTime_AndTheQueueRemembersRetries()
    {
        using var host = JsonDocument.Parse(Repository.Read("host.json"));
        var timeout = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var window = System.Xml.XmlConvert.ToTimeSpan(Match(Repository.Read("infra/modules/servicebus.bicep"), @"duplicateDetectionHistoryTimeWindow: '(\w+)'"));

        Assert.True(timeout > new LockOptions().MaxLockDuration);
        Assert.True(window > new RecoveryOptions().Deadline);
    }

    [Fact]
    public void Functions_AreNamedAlikeInHostJsonTheTemplateAndTheQueries()
    {
        var names = new[] { RestartFunction.Name, RestartInSessionFunction.Name };
        using var host = JsonDocument.Parse(Repository.Read("host.json"));
        var levels = host.RootElement.GetProperty("logging").GetProperty("logLevel").EnumerateObject().Select(level => level.Name).ToList();

        Assert.Empty(names.Select(name => $"Function.{name}.User").Except(levels, StringComparer.Ordinal));
        Assert.All(names, name => Assert.Contains($"'function:{name}'", Repository.Read("infra/modules/functionapp.bicep"), StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains($"\"{name}\"", Repository.Read("infra/workbook/latency.kql"), StringComparison.Ordinal));
    }

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    // The expression's value where every parameter has its default; what is only known in Azure becomes a value of its kind.
    private static string ByDefault(string expression) => expression switch
    {
        _ when Choice().Match(expression) is { Success: true } choice => choice.Groups[Default(choice.Groups["name"].Value) == "true" ? "yes" : "no"].Value,
        _ when Parameter().Match(expression) is { Success: true } parameter && Default(parameter.Groups["name"].Value) is { } value => value,
        "serviceBusHostName" => "example.servicebus.windows.net",
        "identityClientId" => "11111111-1111-1111-1111-111111111111",
        "string(ledgerPoolSize)" => "10",
        ['\'', .. var text, '\''] => Interpolated().Replace(text, "example"),
        _ => "",
    };

    // The default of a parameter of main.bicep, which is handed on under its name.
    private static string? Default(string parameter) =>
        Regex.Match(Repository.Read("infra/main.bicep"), $@"^param {parameter} \w+ = '?(?<value>[^'\n]*)'?$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found.Groups["value"].Value
            : null;

    private static Dictionary<string, string> AppSettings()
    {
        var template = Repository.Read("infra/modules/functionapp.bicep");
        var settings = template[template.IndexOf("name: 'appsettings'", StringComparison.Ordinal)..];
        settings = settings[..settings.IndexOf("\n    })\n", StringComparison.Ordinal)];
        return Settings().Matches(settings).ToDictionary(match => match.Groups["key"].Value.Trim('\''), match => match.Groups["value"].Value, StringComparer.Ordinal);
    }

    private static Dictionary<string, string> SampleValues()
    {
        using var file = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal);
    }

    private static string Match(string text, string pattern) => Regex.Match(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

    [GeneratedRegex(@"^      (?<key>'[^']+'|\w+): (?<value>.+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Settings();

    [GeneratedRegex(@"^(?<name>\w+) \? '(?<yes>\w+)' : '(?<no>\w+)'$", RegexOptions.None, 1000)]
    private static partial Regex Choice();

    [GeneratedRegex(@"^(?:string\((?<name>\w+)\)|(?<name>\w+))$", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\{\w+\}", RegexOptions.None, 1000)]
    private static partial Regex Interpolated();
}
