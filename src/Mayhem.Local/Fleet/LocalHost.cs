using Mayhem.Restarts;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Fleet;

/// <summary>One host: the process that plays it now, and its successors. What happens to it happens one after the other.</summary>
internal sealed class LocalHost(FleetHost host, FleetOptions options, HostLaunch launch, RestartClaims claims, TimeProvider timeProvider, ILogger logger, CancellationToken ending)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly BootBackoff backoff = new();
    private volatile HostChild? current;
    private HostChild? lastDead;
    private bool booted;

    public int? ProcessId => current?.ProcessId;

    /// <summary>Boots it, unless an order came first.</summary>
    /// <exception cref="RestartFailedException">No process gets ready.</exception>
    public async Task BootAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            ending.ThrowIfCancellationRequested();
            await BootOnceAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Replaces the process, unless that was done for this order before. Cancelling has no effect once the old process is being ended.</summary>
    public async Task<IssuedRestart> RestartAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ending.IsCancellationRequested)
                throw new RestartFailedException($"Host '{host.Name}' is not restarted: the fleet is ending.");
            return claims.Find(order) ?? await ReplaceAsync(order);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Checks that a restart has left a process that answers.</summary>
    /// <exception cref="RestartFailedException">The restart's own process died or does not answer.</exception>
    /// <exception cref="TimeoutException">A later process is to blame, or there is none at the moment: this says nothing about the restart. Check again later.</exception>
    public async Task CheckAsync(IssuedRestart issued, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await BootOnceAsync();

            // Any other process was booted after the restart, by a later one or by a later run: it counts. Not so if the restart's own process died.
            if (lastDead is { } dead && dead.ProcessId == issued.NewProcessId)
                throw new RestartFailedException($"Host '{host.Name}' did not stay up: {dead.Ending()}.");
            if (current is not { } child)
                throw new TimeoutException($"Host '{host.Name}' has no process at the moment: its restart cannot be verified yet.");
            if (await child.FindFaultAsync(options.HealthTimeout, timeProvider, cancellationToken) is not { } fault)
                return;
            if (child.ProcessId != issued.NewProcessId)
                throw new TimeoutException($"Host '{host.Name}' does not answer since a later restart: {fault}.");
            throw new RestartFailedException($"Host '{host.Name}' is not healthy after its restart: {fault}.");
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends the process for good. The fleet's ending has been told before.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            if (current is { } child)
                await child.KillAsync();
            current = null;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task BootOnceAsync()
    {
        if (booted)
            return;
        await StartAsync([], options.BootTimeout);
        booted = true;
    }

    private async Task<IssuedRestart> ReplaceAsync(RestartOrder order)
    {
        await BootOnceAsync();
        var old = current;
        current = null;
        if (old is not null)
            await old.KillAsync();
        var name = RestartClaims.NameOf(order);
        try
        {
            var child = await StartAsync(
            [
                "--claim", name, "--request", Uri.EscapeDataString(order.Request.RequestId), "--attempt", $"{order.Attempt}", "--old-pid", $"{old?.ProcessId}",
            ], options.HealthTimeout);
            return new IssuedRestart(name, old?.ProcessId, child.ProcessId);
        }
        catch (RestartFailedException)
        {
            _ = BootAgainAsync(TimeSpan.Zero);

            // The process that was started has ended. If it did not claim the order before, an earlier run may have started one that did,
            // just before that run's own end.
            if (claims.Find(order) is { } issued)
                return issued;
            throw;
        }
    }

    private async Task<HostChild> StartAsync(IEnumerable<string> order, TimeSpan limit)
    {
        var started = timeProvider.GetTimestamp();
        var child = HostChild.Start(launch.With(["--name", host.Name, "--data", options.DataDirectory, .. order]));
        if (await child.BecomesReadyAsync(limit, timeProvider))
        {
            current = child;
            if (lastDead?.ProcessId == child.ProcessId)
                lastDead = null;
            _ = SuperviseAsync(child, started);
            Log.HostStarted(logger, host.Name, child.ProcessId, timeProvider.GetElapsedTime(started).TotalMilliseconds);
            return child;
        }

        var fault = child.Exited.IsCompleted ? child.Ending() : $"process {child.ProcessId} was not ready within {limit}";
        await child.KillAsync();
        if (child.Exited.Result != HostProtocol.AlreadyClaimed)
            lastDead = child;
        throw new RestartFailedException($"Host '{host.Name}' did not start: {fault}.");
    }

    private async Task SuperviseAsync(HostChild child, long started)
    {
        await child.Exited;
        if (child.EndedOnPurpose || ending.IsCancellationRequested)
            return;
        Log.HostDied(logger, host.Name, child.Ending());
        await BootAgainAsync(timeProvider.GetElapsedTime(started), child);
    }

    private async Task BootAgainAsync(TimeSpan lived, HostChild? dead = null)
    {
        while (!ending.IsCancellationRequested)
        {
            await Task.Delay(backoff.After(lived), timeProvider, ending);
            lived = TimeSpan.Zero;
            await turn.WaitAsync(ending);
            try
            {
                if (current != dead)
                    return;
                lastDead = dead ?? lastDead;
                await StartAsync([], options.HealthTimeout);
                return;
            }
            catch (RestartFailedException failure)
            {
                Log.HostNotBooted(logger, failure, host.Name);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
