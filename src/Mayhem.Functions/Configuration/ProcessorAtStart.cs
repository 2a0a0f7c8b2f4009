using Mayhem.Failures;
using Mayhem.Functions.Triggers;
using Microsoft.Extensions.Configuration;
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
        WarnOfTheOtherFunction();
        return Task.CompletedTask;
    }

    // Only a warning: the host, not this worker, decides what is disabled, and may have been told in a way that is not seen here.
    private void WarnOfTheOtherFunction()
    {
        var options = provider.GetRequiredService<MayhemOptions>();
        var switches = FunctionSwitches.From(provider.GetRequiredService<IConfiguration>());
        var other = options.Sessions ? RestartFunction.Name : RestartInSessionFunction.Name;
        if (options.Sessions ? switches.Plain : switches.InSession)
            Log.OtherFunctionEnabled(logger, other, MayhemOptions.SessionsKey, options.Sessions, FunctionSwitches.KeyOf(other));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
