using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;
using Mayhem.Restarts;

namespace Mayhem.Model.Doubles;

/// <summary>The way from one process to the hosts.</summary>
internal sealed class ModelTarget(WorkerProcess process, World world) : IRestartTarget
{
    public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken) => CallAsync(
        Call.Issue,
        () =>
        {
            world.Books.CheckIssue(order);
            if (!order.Request.RequestId.StartsWith(Hosts.Deadly, StringComparison.Ordinal))
                return Task.FromResult(world.Hosts.Issue(order));
            process.Die();
            return new TaskCompletionSource<IssuedRestart>().Task;
        },
        Flaws.Make,
        cancellationToken);

    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => CallAsync(
        Call.Watch,
        () => world.Hosts.EndOf(order, RestartEnd.Well) == RestartEnd.Well ? Task.FromResult(true) : throw Flaws.Make(Flaw.RestartFailed),
        flaw => flaw == Flaw.RestartFailed && world.Hosts.EndOf(order, RestartEnd.Failed) == RestartEnd.Well ? null : Flaws.Make(flaw),
        cancellationToken);

    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) =>
        CallAsync(Call.Find, () => Task.FromResult(world.Hosts.Find(order)), Flaws.Make, cancellationToken);

    private async Task<T> CallAsync<T>(Call call, Func<Task<T>> effect, Func<Flaw, Exception?> fail, CancellationToken cancellationToken)
    {
        var delivery = DeliveryRun.Current;
        try
        {
            return await process.CallAsync(call, effect, fail, cancellationToken);
        }
        catch (Exception failure)
        {
            delivery.Fails(failure);
            throw;
        }
    }
}
