using Microsoft.Extensions.Hosting;

namespace Mayhem.Dashboard.Server;

/// <summary>The process belongs to somebody else: the web server neither waits for signals nor ends with them.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
