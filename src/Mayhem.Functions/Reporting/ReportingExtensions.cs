using Mayhem.Functions.Configuration;
using Mayhem.Functions.Telemetry;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Microsoft.ApplicationInsights;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Reporting;

/// <summary>Adds the telling of failures.</summary>
public static class ReportingExtensions
{
    // Its one Error line repeats the exception that the middleware has reported.
    private const string WorkersOwnErrors = "Microsoft.Azure.Functions.Worker.FunctionsApplication";

    /// <summary>
    /// Adds everything that turns a failure into reports and brings them to the sinks of <c>Mayhem:Reports</c>. An <see cref="IExceptionReporter"/> that was
    /// registered before is used instead; the settings are checked all the same.
    /// </summary>
    public static IServiceCollection AddMayhemReporting(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        var settings = ReportSettings.From(configuration);
        services.AddChecked(settings, settings => settings.Problems);
        services.Configure<LoggerFilterOptions>(logging => logging.Rules.Add(new LoggerFilterRule(providerName: null, WorkersOwnErrors, LogLevel.None, filter: null)));
        services.TryAddSingleton<ReportedExceptions>();
        services.TryAddSingleton<FailureReporting>();
        services.TryAddSingleton<UncaughtExceptions>();
        services.TryAddSingleton<InFlightMessages>();
        services.TryAddSingleton<ProcessState>();
        services.TryAddSingleton<ReportDocuments>();
        services.TryAddSingleton(provider => new StormThinning(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => Dispatcher(provider, settings, configuration));
        services.TryAddSingleton<IExceptionReporter>(provider => provider.GetRequiredService<ReportDispatcher>());
        return services;
    }

    private static ReportDispatcher Dispatcher(IServiceProvider provider, ReportSettings settings, IConfiguration configuration)
    {
        var timeProvider = provider.GetRequiredService<TimeProvider>();

        // Hosted services need this before settings are checked. Bad ones stop the start a moment later.
        var sinks = settings.Problems.Count > 0 ? [] : ReportSinks.Of(settings, configuration, provider.GetService<TelemetryClient>(), timeProvider);
        return new ReportDispatcher(
            sinks,
            provider.GetRequiredService<ReportDocuments>(),
            provider.GetRequiredService<StormThinning>(),
            timeProvider,
            provider.GetRequiredService<JitterSource>().Next,
            provider.GetRequiredService<ILogger<ReportDispatcher>>());
    }
}
