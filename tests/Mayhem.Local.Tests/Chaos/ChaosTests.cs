using Mayhem.Ledger;
using Mayhem.Local.Chaos;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Chaos;

public class ChaosTests
{
    private static readonly IssuedRestart Issued = new("done");
    private readonly ManualTimeProvider clock = new();
    private readonly Counting inner = new();
    private readonly ChaosTarget target;

    public ChaosTests() => target = new ChaosTarget(inner, TimeSpan.FromSeconds(10), clock);

    [Theory]
    [InlineData("")]
    [InlineData("kernel update")]
    [InlineData("CHAOS:FAIL-ALWAYS")]
    [InlineData(ChaosReasons.Duplicate)]
    [InlineData(ChaosReasons.UnknownHost)]
    [InlineData(ChaosReasons.FailSave)]
    public async Task Issue_OtherReason_GoesToTheTarget(string reason) => Assert.Same(Issued, await IssueAsync(reason, 1));

    [Fact]
    public async Task Issue_FailOnce_FailsBeforeActingAndThenGoesWell()
    {
        await Assert.ThrowsAsync<RestartFailedException>(() => IssueAsync(ChaosReasons.FailOnce, 1));
        Assert.Equal(0, inner.Count);
        Assert.Same(Issued, await IssueAsync(ChaosReasons.FailOnce, 2));
    }

    [Fact]
    public async Task Issue_FailAlways_NeverGoesWell()
    {
        for (var attempt = 1; attempt < 5; attempt++)
            await Assert.ThrowsAsync<RestartFailedException>(() => IssueAsync(ChaosReasons.FailAlways, attempt));
        Assert.Equal(0, inner.Count);
    }

    [Fact]
    public async Task Issue_Throttle_NamesItsDelayOnceEvenIfTheAttemptDoesNotGrow()
    {
        var throttled = await Assert.ThrowsAsync<RestartThrottledException>(() => IssueAsync(ChaosReasons.Throttle, 1));
        Assert.Equal(TimeSpan.FromSeconds(6), throttled.RetryAfter);
        Assert.Same(Issued, await IssueAsync(ChaosReasons.Throttle, 1));
    }

    [Fact]
    public async Task Issue_Hang_ActsAfterOneAndAHalfLocks()
    {
        var issuing = IssueAsync(ChaosReasons.Hang, 1);
        clock.Advance(TimeSpan.FromSeconds(14.9));
        Assert.Equal((false, 0), (issuing.IsCompleted, inner.Count));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Same(Issued, await issuing);
    }

    [Fact]
    public async Task Issue_HangCancelled_ActsNot()
    {
        using var cancelled = new CancellationTokenSource();
        var issuing = IssueAsync(ChaosReasons.Hang, 1, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => issuing);
        Assert.Equal(0, inner.Count);
    }

    [Fact]
    public async Task Issue_OutOfMemory_ThrowsIt() => await Assert.ThrowsAsync<OutOfMemoryException>(() => IssueAsync(ChaosReasons.OutOfMemory, 3));

    [Fact]
    public async Task Save_FailSave_FailsAndOthersAreSaved()
    {
        var archive = new ChaosArchive(inner);
        await Assert.ThrowsAsync<IOException>(() => archive.SaveAsync(Request(ChaosReasons.FailSave), "m-1", CancellationToken.None).AsTask());
        await archive.SaveAsync(Request(ChaosReasons.FailOnce), "m-2", CancellationToken.None);
        Assert.Equal(["m-2"], inner.Saved);
    }

    private Task<IssuedRestart> IssueAsync(string reason, int attempt, CancellationToken cancellationToken = default) =>
        target.IssueAsync(new RestartOrder(Request(reason), attempt, DateTimeOffset.UnixEpoch), cancellationToken);

    private static RestartRequest Request(string reason) => new() { RequestId = "req-1", Host = "h", Requester = "tests", Reason = reason };

    private sealed class Counting : IRestartTarget, IRequestArchive
    {
        public int Count { get; private set; }

        public List<string> Saved { get; } = [];

        public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(Issued);
        }

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);

        public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken)
        {
            Saved.Add(messageId);
            return ValueTask.CompletedTask;
        }
    }
}
