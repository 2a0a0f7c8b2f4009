using System.Security.Cryptography;
using Azure.Messaging.ServiceBus;
using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Reporting;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Shutdown;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Triggers;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Locks;
using Mayhem.Observation;
using Mayhem.Postgres;
using Mayhem.Recovery;
using Mayhem.Redaction;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Settlement;
using Mayhem.Shutdown;
using Mayhem.Targets.Inventory;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions;

/// <summary>Composes the application, in Azure and in the embedded host alike.</summary>
public static class MayhemBuilderExtensions
{
    /// <summary>
    /// Adds everything. What the caller has registered before is used instead: <see cref="TimeProvider"/>, <see cref="Random"/>,
    /// <see cref="ServiceBusClient"/>, <see cref="ILedger"/> with <see cref="IRequestArchive"/>, <see cref="IRestartTarget"/>,
    /// <see cref="IHostGroups"/>,
    /// <see cref="IExceptionReporter"/>, <see cref="IWorkerTerminator"/>. Bad configuration stops the start of the host with an
    /// <see cref="OptionsValidationException"/>; <see cref="ConfigurationErrors"/> tells it from other errors.
    /// </summary>
    /// <param name="builder">The app. Call this before adding other middleware: ours must be the outermost.</param>
    /// <param name="configuration">The configuration of the app.</param>
    public static IFunctionsWorkerApplicationBuilder AddMayhem(this IFunctionsWorkerApplicationBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        builder.UseMiddleware<ExceptionTelemetryMiddleware>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(_ => new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        AddLogging(builder.Services);
        var inventory = AddRestarting(builder.Services, configuration);
        AddGroups(builder.Services, configuration);
        AddProcessing(builder.Services, configuration);
        builder.Services.AddMayhemReporting(configuration);
        AddServiceBus(builder.Services, configuration);
        builder.Services.AddMayhemScheduling(configuration, inventory);
        AddShutdown(builder.Services, configuration);
        return builder;
    }

    // Every line of the process goes through the redaction, whoever writes it and whoever listens.
    private static void AddLogging(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, TrailLoggerProvider>());
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new RedactingLoggerFactory(new LoggerFactory(
            provider.GetServices<ILoggerProvider>(),
            provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            provider.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
            provider.GetService<IExternalScopeProvider>()))));
    }

    private static HostInventory? AddRestarting(IServiceCollection services, IConfiguration configuration)
    {
        var options = MayhemOptions.From(configuration);
        var hasTarget = services.Any(service => service.ServiceType == typeof(IRestartTarget));
        var hasLedger = services.Any(service => service.ServiceType == typeof(ILedger));
        var inventory = InventorySettings.From(configuration, hasProcesses: hasTarget);
        services.AddChecked(inventory, inventory => inventory.Problems());
        services.AddChecked(options, options => options.Problems(hasTarget, hasLedger, inventory.Inventory is not null));

        if (inventory.Inventory is not null)
            inventory.AddTo(services, configuration, options.DryRun);
        else if (options.DryRun == true)
            services.Replace(ServiceDescriptor.Singleton<IRestartTarget, DryRunTarget>());
        services.TryAddSingleton<IRestartTarget, DryRunTarget>();
        if (options.Postgres is { } postgres)
            AddLedger(services, provider => OpenLedger(postgres, provider));
        else
            AddLedger(services, provider => OpenLedger(options.LedgerDirectory, provider));
        services.TryAddSingleton<RestartWorkflow>();
        return inventory.Inventory;
    }

    private static void AddLedger<T>(IServiceCollection services, Func<IServiceProvider, T> open)
        where T : class, ILedger, IRequestArchive
    {
        services.TryAddSingleton(open);
        services.TryAddSingleton<ILedger>(provider => provider.GetRequiredService<T>());
        services.TryAddSingleton<IRequestArchive>(provider => provider.GetRequiredService<T>());
    }

    private static PostgresLedger OpenLedger(PostgresOptions options, IServiceProvider provider) => PostgresLedger.OpenAsync(
        options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresLedger>>(), CancellationToken.None).GetAwaiter().GetResult();

    // Blocks the start, and only that: the container cannot wait for a service.
    private static EmbeddedLedger OpenLedger(string? directory, IServiceProvider provider)
    {
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        return directory is null
            ? EmbeddedLedger.InMemory(timeProvider)
            : EmbeddedLedger.OpenAsync(directory, options: null, timeProvider, provider.GetRequiredService<ILogger<EmbeddedLedger>>()).GetAwaiter().GetResult();
    }

    private static void AddGroups(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<BreakerOptions>(configuration.GetSection("Mayhem:Breaker"), options => options.Errors());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<BreakerOptions>>().Value);
        var groups = GroupSettings.From(configuration);
        services.AddChecked(groups, groups => groups.Problems());
        services.TryAddSingleton<IHostGroups>(_ => new HostGroups(groups.Patterns));
        services.TryAddSingleton<TargetGroups>();
        AddGuards(services, configuration, groups);
    }

    private static void AddGuards(IServiceCollection services, IConfiguration configuration, GroupSettings groups)
    {
        var guards = GuardSettings.From(configuration, groups, InventorySettings.From(configuration, hasProcesses: true).Inventory);
        services.AddChecked(guards, guards => guards.Problems());
        services.TryAddSingleton(provider => new GuardBook(provider.GetRequiredService<IHostGroups>(), guards.Everywhere, guards.ByGroup));
        services.TryAddSingleton<IHostRules>(provider => new SameForAllHosts(dryRun: provider.GetRequiredService<IRestartTarget>() is DryRunTarget));
        services.TryAddSingleton<RestartGuards>();
    }

    private static void AddProcessing(IServiceCollection services, IConfiguration configuration)
    {
        const string locks = "Mayhem:Locks";
        services.AddSettings<LockOptions>(configuration.GetSection(locks), options => options.Problems().Select(problem => $"{locks}:{problem}"));
        services.AddSettings<RecoveryOptions>(configuration.GetSection("Mayhem:Retry"), options => options.Errors());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<LockOptions>>().Value);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<RecoveryOptions>>().Value);

        var rules = new ConfiguredRules(configuration.GetSection("Mayhem:Failures"));
        services.AddSingleton<IConfigureOptions<RuleTable>>(rules);
        services.AddSingleton<IValidateOptions<RuleTable>>(rules);
        services.AddOptions<RuleTable>().ValidateOnStart();
        services.TryAddSingleton(RulesInForce);

        services.TryAddSingleton<FailureClassifier>();
        services.TryAddSingleton<JitterSource>();
        services.TryAddSingleton<ProcessingCounters>();
        services.TryAddSingleton<InFlightMessages>();
        services.TryAddSingleton(provider => new LockRenewer(
            provider.GetRequiredService<LockOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ProcessingCounters>(),
            provider.GetRequiredService<ILogger<LockRenewer>>(), provider.GetRequiredService<DrainGate>().Stopping));
        services.TryAddSingleton<UnsettledDeliveries>();
        services.TryAddSingleton<PlannedCopies>();
        services.TryAddSingleton<Settler>();
        services.TryAddSingleton<RecordedFailures>();
        services.TryAddSingleton<FailureHandling>();
        services.TryAddSingleton<Trials>();
        services.TryAddSingleton<Quarantine>();
        services.TryAddSingleton<CrashHandling>();
        services.TryAddSingleton<MessageProcessor>();
        services.TryAddSingleton<RestartInvocation>();
        services.AddHostedService<ProcessorAtStart>();
    }

    private static FailureRules RulesInForce(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<FailureRules>>();
        var rules = provider.GetRequiredService<IOptions<RuleTable>>().Value.Rules;
        rules.ConditionFailed = (rule, error) => Log.RuleConditionFailed(logger, rule.Name, error);
        return rules;
    }

    private static void AddServiceBus(IServiceCollection services, IConfiguration configuration)
    {
        if (!services.Any(service => service.ServiceType == typeof(ServiceBusClient)))
        {
            var connection = ServiceBusConnection.From(configuration);
            services.AddChecked(connection, connection => connection.Problems());
            services.AddSingleton(_ => connection.Connect());
        }

        services.TryAddSingleton(provider =>
            provider.GetRequiredService<ServiceBusClient>().CreateSender(provider.GetRequiredService<MayhemOptions>().Queue));
    }

    private static void AddShutdown(IServiceCollection services, IConfiguration configuration)
    {
        const string shutdown = "Mayhem:Shutdown";
        var section = configuration.GetSection(shutdown);
        services.AddSettings<ShutdownOptions>(section, options => options.Problems().Select(problem => $"{shutdown}:{problem}"));

        // These are needed before options are checked: a bad value counts for nothing here, and stops the start.
        var times = new ShutdownOptions();
        if (SettingsReader.Read(section, times).Count > 0 || times.Problems().Any())
            times = new ShutdownOptions();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = times.Total);
        services.TryAddSingleton(provider => new DrainGate(provider.GetRequiredService<TimeProvider>()) { SettleTime = times.SettleTime });
        services.TryAddSingleton<IWorkerTerminator, WorkerTerminator>();
        services.AddHostedService<DrainService>();
    }
}
