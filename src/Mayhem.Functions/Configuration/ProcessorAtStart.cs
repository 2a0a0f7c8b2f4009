using Mayhem.Failures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Configuration;

/// <summary>
/// Makes all that the first message will need, the ledger's journal included, so that what cannot be made stops the start and not the messages. Logs the failure rules in force.
/// Only when started: hosted services are made before options are checked.
/// </summary>
internal sealed class ProcessorAtStart(IServiceProvider provider, ILogger<ProcessorAtStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        provider.GetRequiredService<MessageProcessor>();
        foreach (var rule in provider.GetRequiredService<FailureRules>().All)
            Log.RuleInForce(logger, rule, rule.IsConfigured ? "configuration" : "code");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
