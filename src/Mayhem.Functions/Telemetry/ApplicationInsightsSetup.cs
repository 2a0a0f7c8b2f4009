using Mayhem.Functions.Telemetry.Signals;
using Microsoft.ApplicationInsights.Extensibility;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.ApplicationInsights;

namespace Mayhem.Functions.Telemetry;

/// <summary>Application Insights as this app wants it: every failure one exception and none of them dropped, log lines from Information up, and once a minute how the app is.</summary>
public static class ApplicationInsightsSetup
{
    private const double ItemsPerSecond = 20;

    /// <summary>Adds the worker's own telemetry. What <c>host.json</c> says of Application Insights is about the host's alone.</summary>
    public static IServiceCollection AddMayhemTelemetry(this IServiceCollection services)
    {
        services.AddApplicationInsightsTelemetryWorkerService(options => options.EnableAdaptiveSampling = false);
        services.Configure<TelemetryConfiguration>(SampleAllButExceptions);
        services.AddSingleton<ITelemetryInitializer, UnsampledLines>();
        services.AddHostedService<SignalService>();

        // A failure is one exception, made from its report; the log line about it is a trace.
        services.Configure<ApplicationInsightsLoggerOptions>(options => options.TrackExceptionsAsExceptionTelemetry = false);
        services.Configure<LoggerFilterOptions>(LogFromInformation);
        return services;
    }

    // Reports go past this. What others track as an exception is not to be dropped either, nor are invocations.
    private static void SampleAllButExceptions(TelemetryConfiguration telemetry)
    {
        var chain = telemetry.DefaultTelemetrySink.TelemetryProcessorChainBuilder;
        chain.UseAdaptiveSampling(ItemsPerSecond, excludedTypes: "Exception;Request");
        chain.Build();
    }

    // Application Insights comes with a rule that drops everything below Warning, whatever the configuration says.
    private static void LogFromInformation(LoggerFilterOptions options)
    {
        var provider = typeof(ApplicationInsightsLoggerProvider).FullName;
        var rule = options.Rules.FirstOrDefault(rule => string.Equals(rule.ProviderName, provider, StringComparison.Ordinal));
        if (rule is not null)
            options.Rules.Remove(rule);
    }
}
