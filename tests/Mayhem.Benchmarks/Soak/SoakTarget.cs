using Mayhem.Restarts;

namespace Mayhem.Benchmarks.Soak;

/// <summary>Hosts that exist in the book only, and go wrong as each request's fate wants it.</summary>
internal sealed class SoakTarget(SoakBook book, TimeSpan lockDuration, TimeProvider time) : IRestartTarget
{
    private static readonly TimeSpan ThrottleFor = TimeSpan.FromSeconds(10);

    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        var id = order.Request.RequestId;
        switch (book.FateOf(id))
        {
            case SoakFate.FailsAlways:
            case SoakFate.FailsOnce when book.StumblesNow(id):
                throw new RestartFailedException("the host did not come back");
            case SoakFate.Throttled when book.StumblesNow(id):
                throw new RestartThrottledException("too many restarts", ThrottleFor);
            case SoakFate.UnknownHost:
                throw new HostNotFoundException(order.Request.Host);
            case SoakFate.AnswerLost when book.StumblesNow(id):
                book.Restarted(id);
                throw new AmbiguousRestartException("the connection broke before the answer came");
            case SoakFate.Hangs:
                await Task.Delay(lockDuration * 1.5, time, cancellationToken);
                break;
            case SoakFate.LosesItsLock when book.StumblesNow(id):
                await Task.Delay(lockDuration * 3, time, cancellationToken);
                break;
        }

        book.Restarted(id);
        return new IssuedRestart(id);
    }

    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) =>
        Task.FromResult(book.WasRestarted(order.Request.RequestId) ? new IssuedRestart(order.Request.RequestId) : null);
}
