using Mayhem.Restarts;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches the restarts themselves.</summary>
internal sealed class DyingTarget(IRestartTarget inner, KillSwitch killSwitch) : IRestartTarget
{
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        var issued = await inner.IssueAsync(order, cancellationToken);
        killSwitch.Pass(KillPoint.AfterEffect, order.Request.RequestId);
        return issued;
    }

    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => inner.WatchAsync(order, issued, cancellationToken);

    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => inner.FindIssuedAsync(order, cancellationToken);
}
