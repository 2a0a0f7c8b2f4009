using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Telemetry.Signals;
using Mayhem.Functions.Tests.Doubles;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.Extensibility;
using Microsoft.ApplicationInsights.WindowsServer.TelemetryChannel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Tests.Telemetry;

public sealed class ApplicationInsightsSetupTests
{
    [Fact]
    public async Task AddMayhemTelemetry_SamplesNoExceptions_AndLogsFromInformation()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddMayhemTelemetry()
            .BuildServiceProvider();

        var processors = provider.GetRequiredService<TelemetryConfiguration>().DefaultTelemetrySink.TelemetryProcessors;
        var sampling = Assert.Single(processors.OfType<AdaptiveSamplingTelemetryProcessor>());
        Assert.Contains("Exception", sampling.ExcludedTypes, StringComparison.Ordinal);
        var rules = provider.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.Rules;
        Assert.DoesNotContain(rules, rule => rule.ProviderName?.Contains("ApplicationInsights", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task AddMayhemTelemetry_InTheApp_TellsEachMinuteHowItIs()
    {
        await using var app = new TestApp();
        app.Services.AddSingleton<ITelemetryChannel>(new RecordingChannel());
        app.Services.AddMayhemTelemetry();

        Assert.Single(app.Provider.GetServices<IHostedService>().OfType<SignalService>());
    }
}
