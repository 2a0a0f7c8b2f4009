using System.Globalization;

namespace Mayhem.Restarts;

/// <summary>Restarts nothing: every order is accepted and ends well at once, and the ledger shows what would have been restarted.</summary>
public sealed class DryRunTarget : IRestartTarget
{
    /// <inheritdoc />
    public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new IssuedRestart(string.Create(CultureInfo.InvariantCulture, $"dry-run:{order.Request.RequestId}:{order.Attempt}"), DryRun: true));
    }

    /// <inheritdoc />
    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing is ever issued, so there is nothing to find.</summary>
    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);
}
