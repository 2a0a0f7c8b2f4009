using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.ApplicationInsights;

namespace Mayhem.Functions.Telemetry;

/// <summary>Which log lines reach Application Insights.</summary>
public static class ApplicationInsightsLogging
{
    /// <summary>
    /// Takes away the rule by which Application Insights drops everything below Warning, so that the levels of the configuration decide:
    /// Information where they say nothing.
    /// </summary>
    public static IServiceCollection LogFromInformationToApplicationInsights(this IServiceCollection services) =>
        services.Configure<LoggerFilterOptions>(options =>
        {
            var provider = typeof(ApplicationInsightsLoggerProvider).FullName;
            var rule = options.Rules.FirstOrDefault(rule => string.Equals(rule.ProviderName, provider, StringComparison.Ordinal));
            if (rule is not null)
                options.Rules.Remove(rule);
        });
}
