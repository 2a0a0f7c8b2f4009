using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Functions.Configuration;

/// <summary>
/// Makes all that the first message will need, the ledger's journal included, so that what cannot be made stops the start and not the messages.
/// Only when started: hosted services are made before options are checked.
/// </summary>
internal sealed class ProcessorAtStart(IServiceProvider provider) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        provider.GetRequiredService<MessageProcessor>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
