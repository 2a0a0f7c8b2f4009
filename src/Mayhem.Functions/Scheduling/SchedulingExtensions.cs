using Azure.Messaging.ServiceBus;
using Mayhem.Breakers;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Triggers;
using Mayhem.Messages;
using Mayhem.Scheduling;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Scheduling;

/// <summary>Registers the scheduler of restarts.</summary>
internal static class SchedulingExtensions
{
    /// <summary>Adds what <see cref="ScheduleFunction"/> needs. What the caller has registered before is used instead: <see cref="ISchedulableHosts"/>, <see cref="IRestartTimes"/>.</summary>
    public static void AddMayhemScheduling(this IServiceCollection services, IConfiguration configuration, HostInventory? inventory)
    {
        var settings = SchedulerSettings.From(configuration);
        var hasHosts = services.Any(service => service.ServiceType == typeof(ISchedulableHosts));
        services.AddChecked(settings, settings => settings.Problems(hasHosts, inventory));
        services.TryAddSingleton<IRestartTimes, GuardedTimes>();
        services.TryAddSingleton(provider => Create(settings, inventory, provider));
        services.TryAddSingleton(provider => new Lazy<RestartScheduler>(provider.GetRequiredService<RestartScheduler>));
    }

    private static RestartScheduler Create(SchedulerSettings settings, HostInventory? inventory, IServiceProvider provider)
    {
        var app = provider.GetRequiredService<MayhemOptions>();
        var sender = provider.GetRequiredService<ServiceBusSender>();
        var hosts = settings.Hosts(provider.GetService<ISchedulableHosts>()?.Names ?? [], inventory);
        var groups = ScheduledGroup.Of(hosts, provider.GetRequiredService<IHostGroups>().GroupOf, settings.MeanOf);
        var lots = SlotLot.Hashed(settings.Options.Seed.Length > 0 ? settings.Options.Seed : app.Queue);
        return new RestartScheduler(
            new RestartSchedule(groups, provider.GetRequiredService<IRestartTimes>(), lots, settings.Options),
            (request, cancellationToken) => sender.SendMessageAsync(MessageOf(request, app.Sessions), cancellationToken),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RestartScheduler>>());
    }

    private static ServiceBusMessage MessageOf(RestartRequest request, bool inSessions) => new(RestartRequestWriter.Write(request))
    {
        MessageId = request.RequestId,
        CorrelationId = request.RequestId,
        SessionId = inSessions ? HostSessions.IdOf(request.Host) : null,
        Subject = "restart",
        ContentType = "application/json",
    };
}
