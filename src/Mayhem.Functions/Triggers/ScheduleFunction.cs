using Mayhem.Functions.Scheduling;
using Mayhem.Scheduling;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Triggers;

/// <summary>
/// Publishes requests to restart hosts at random, at the beginning of each slot. Switched off by app setting unless <see cref="SchedulerOptions.Enabled"/> is true: a timer wakes the app,
/// and costs, for nothing.
/// </summary>
public sealed class ScheduleFunction(SchedulerSettings settings, Lazy<RestartScheduler> scheduler)
{
    /// <summary>The function's name, in the portal and in <c>host.json</c>.</summary>
    public const string Name = "ScheduleRestarts";

    /// <summary>Takes a turn. Which slots have been published is not kept by the host: ids follow from the slots, and what was missed for long is not made up for.</summary>
    [Function(Name)]
    public Task RunAsync([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        settings.Options.Enabled ? scheduler.Value.TakeTurnAsync(cancellationToken) : Task.CompletedTask;
}
