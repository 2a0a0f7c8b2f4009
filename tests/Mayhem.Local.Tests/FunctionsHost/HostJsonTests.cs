using Mayhem.Local.FunctionsHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Tests.FunctionsHost;

public class HostJsonTests
{
    [Fact]
    public void Parse_VersionAlone_HasTheDefaultsOfTheRealHost()
    {
        var host = HostJson.Parse("""{ "version": "2.0" }""", Settings());

        Assert.Equal(new ServiceBusHostSettings(), host.ServiceBus);
        Assert.Equal(16 * Environment.ProcessorCount, host.ServiceBus.MaxConcurrentCalls);
        Assert.Equal(TimeSpan.FromMinutes(5), host.ServiceBus.MaxAutoLockRenewalDuration);
        Assert.True(host.ServiceBus.AutoCompleteMessages);
        Assert.Equal(TimeSpan.FromMinutes(30), host.FunctionTimeout);
        Assert.Empty(host.LogLevels);
        Assert.Empty(host.Warnings);
    }

    [Fact]
    public void Parse_EverySetting_IsRead()
    {
        var host = HostJson.Parse(
            """
            {
              // What the real host allows: comments, trailing commas, any case.
              "Version": "2.0",
              "functionTimeout": "00:10:00",
              "logging": { "logLevel": { "default": "Warning", "Mayhem.Local": "debug" } },
              "extensions": {
                "ServiceBus": {
                  "maxConcurrentCalls": 64,
                  "prefetchCount": "8",
                  "autoCompleteMessages": false,
                  "maxAutoLockRenewalDuration": "00:00:00",
                  "maxConcurrentSessions": 4,
                  "maxConcurrentCallsPerSession": 2,
                  "sessionIdleTimeout": "00:00:30",
                  "clientRetryOptions": { "tryTimeout": "00:00:20", },
                },
              },
            }
            """,
            Settings());

        Assert.Equal(
            new ServiceBusHostSettings
            {
                MaxConcurrentCalls = 64,
                PrefetchCount = 8,
                AutoCompleteMessages = false,
                MaxAutoLockRenewalDuration = TimeSpan.Zero,
                MaxConcurrentSessions = 4,
                MaxConcurrentCallsPerSession = 2,
                SessionIdleTimeout = TimeSpan.FromSeconds(30),
                TryTimeout = TimeSpan.FromSeconds(20),
            },
            host.ServiceBus);
        Assert.Equal(TimeSpan.FromMinutes(10), host.FunctionTimeout);
        Assert.Equal(LogLevel.Warning, host.LogLevels["default"]);
        Assert.Equal(LogLevel.Debug, host.LogLevels["Mayhem.Local"]);
    }

    [Theory]
    [InlineData("\"maxConcurrentCalls\": \"many\"", "host.json: extensions.serviceBus.maxConcurrentCalls is \"many\", not a whole number from 1.")]
    [InlineData("\"maxConcurrentCalls\": 0", "host.json: extensions.serviceBus.maxConcurrentCalls is \"0\", not a whole number from 1.")]
    [InlineData("\"maxConcurrentCalls\": 1.5", "host.json: extensions.serviceBus.maxConcurrentCalls is \"1.5\", not a whole number from 1.")]
    [InlineData("\"maxConcurrentCalls\": { }", "host.json: extensions.serviceBus.maxConcurrentCalls is an object or a list, not a whole number from 1.")]
    [InlineData("\"prefetchCount\": -1", "host.json: extensions.serviceBus.prefetchCount is \"-1\", not a whole number from 0.")]
    [InlineData("\"autoCompleteMessages\": \"no\"", "host.json: extensions.serviceBus.autoCompleteMessages is \"no\", not true or false.")]
    [InlineData("\"sessionIdleTimeout\": \"-00:00:01\"", "host.json: extensions.serviceBus.sessionIdleTimeout is \"-00:00:01\", not a time span from 00:00:00.0010000 to 24.00:00:00, written hh:mm:ss.")]
    public void Parse_ImpossibleValue_NamesTheKey(string setting, string message)
    {
        var error = Assert.Throws<HostConfigurationException>(() => HostJson.Parse(WithBus(setting), Settings()));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Parse_SeveralMistakes_TellsAllOfThem()
    {
        var error = Assert.Throws<HostConfigurationException>(() => HostJson.Parse(
            """{ "version": "4.0", "functionTimeout": "soon", "logging": { "logLevel": { "default": "Loud" } } }""", Settings()));

        Assert.Collection(
            error.Message.Split(Environment.NewLine),
            line => Assert.StartsWith("host.json: version is \"4.0\".", line, StringComparison.Ordinal),
            line => Assert.StartsWith("host.json: functionTimeout is \"soon\", not a time span from 00:00:01", line, StringComparison.Ordinal),
            line => Assert.StartsWith("host.json: logging.logLevel.default is \"Loud\", not a log level", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AzureFunctionsJobHost:extensions:serviceBus:maxConcurrentCalls")]
    [InlineData("AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls")]
    [InlineData("azurefunctionsjobhost__EXTENSIONS__servicebus__maxconcurrentcalls")]
    public void Parse_OverridingSetting_WinsOverTheFile(string key)
    {
        var host = HostJson.Parse(WithBus("\"maxConcurrentCalls\": 64"), Settings((key, "3")));

        Assert.Equal(3, host.ServiceBus.MaxConcurrentCalls);
    }

    [Fact]
    public void Parse_ImpossibleOverride_NamesTheSettingAndNotTheFile()
    {
        var error = Assert.Throws<HostConfigurationException>(() => HostJson.Parse(
            WithBus("\"maxConcurrentCalls\": 64"), Settings(("AzureFunctionsJobHost:extensions:serviceBus:maxConcurrentCalls", "many"))));

        Assert.Equal("The setting AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls is \"many\", not a whole number from 1.", error.Message);
    }

    [Fact]
    public void Parse_UnknownKey_WarnsAndNamesIt()
    {
        var host = HostJson.Parse(WithBus("\"maxConcurentCalls\": 64, \"clientRetryOptions\": { \"tries\": 3 }"), Settings());

        Assert.Collection(
            host.Warnings,
            warning => Assert.StartsWith("host.json: extensions.serviceBus.maxConcurentCalls is not a setting", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("host.json: extensions.serviceBus.clientRetryOptions.tries is not a setting", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_NoLimits_AreInfinite()
    {
        var host = HostJson.Parse(
            """{ "version": "2.0", "functionTimeout": "-1", "extensions": { "serviceBus": { "maxAutoLockRenewalDuration": "-00:00:00.0010000" } } }""", Settings());

        Assert.Equal(Timeout.InfiniteTimeSpan, host.FunctionTimeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, host.ServiceBus.MaxAutoLockRenewalDuration);
    }

    [Theory]
    [InlineData("{ \"version\": ", "host.json is not JSON: line 1, byte ")]
    [InlineData("[]", "host.json: the file must hold one JSON object")]
    [InlineData("{}", "host.json: version is missing.")]
    public void Parse_UnusableFile_SaysSo(string json, string start)
    {
        var error = Assert.Throws<HostConfigurationException>(() => HostJson.Parse(json, Settings()));

        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_NamesWhereItWasLookedFor()
    {
        var error = Assert.Throws<HostConfigurationException>(() => HostJson.Load("/nowhere/host.json", Settings()));

        Assert.Contains("/nowhere/host.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TheRepositorysOwnFile_HoldsNoMistake() =>
        Assert.Empty(HostJson.Load(Path.Combine(AppContext.BaseDirectory, "host.json"), Settings()).Warnings);

    private static string WithBus(string settings) => $$"""{ "version": "2.0", "extensions": { "serviceBus": { {{settings}} } } }""";

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build();
}
