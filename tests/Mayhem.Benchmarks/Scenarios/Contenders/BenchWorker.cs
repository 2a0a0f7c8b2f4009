using System.Globalization;
using Azure.Messaging.ServiceBus;
using Mayhem.Functions;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;
using Mayhem.Restarts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>The app on the Functions host in this process, as <c>mayhem up</c> composes it but for hosts and console.</summary>
internal static class BenchWorker
{
    /// <summary>The name of its queue.</summary>
    public const string QueueName = "restarts";

    /// <summary>The settings that all have. The breaker is off, for what fails here fails on purpose.</summary>
    public static Dictionary<string, string?> Settings(int concurrency, TimeSpan lockDuration, string reports) => new(StringComparer.OrdinalIgnoreCase)
    {
        [MayhemOptions.QueueKey] = QueueName,
        [FunctionSwitches.KeyOf(RestartInSessionFunction.Name)] = "true",
        ["AzureFunctionsJobHost:extensions:serviceBus:maxConcurrentCalls"] = concurrency.ToString(CultureInfo.InvariantCulture),
        ["Mayhem:Locks:Duration"] = lockDuration.ToString("c", CultureInfo.InvariantCulture),
        ["Mayhem:Reports:Archive:Directory"] = reports,
        ["Mayhem:Breaker:Enabled"] = "false",
    };

    /// <summary>Starts it.</summary>
    public static async Task<EmbeddedFunctionsHost> StartAsync(
        ServiceBusClient client,
        ServiceBusSender sender,
        EmbeddedLedger ledger,
        IRestartTarget target,
        IReadOnlyDictionary<string, string?> settings,
        Func<ServiceBusReceiver, ServiceBusMessageActions> actions,
        TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var options = new EmbeddedHostOptions
        {
            FunctionsAssembly = typeof(RestartFunction).Assembly,
            HostJsonPath = Path.Combine(AppContext.BaseDirectory, "host.json"),
            Client = client,
            MessageActions = actions,
            TimeProvider = time,
        };
        var host = EmbeddedFunctionsHost.Create(options, configuration, app =>
        {
            app.Services.AddSingleton(sender);
            app.Services.AddSingleton(target);
            app.Services.AddSingleton<ILedger>(ledger);
            app.Services.AddSingleton<IRequestArchive>(ledger);
            app.AddMayhem(configuration);
        });
        await host.StartAsync();
        return host;
    }
}
