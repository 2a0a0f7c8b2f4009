using Microsoft.Extensions.Hosting;

namespace Mayhem.Functions.Configuration;

/// <summary>Makes all that the first message will need, the ledger's journal included, so that what cannot be made stops the start and not the messages.</summary>
internal sealed class ProcessorAtStart(MessageProcessor processor) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(processor);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
