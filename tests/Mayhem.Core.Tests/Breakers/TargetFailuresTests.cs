using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Breakers;

public class TargetFailuresTests
{
    public static TheoryData<Exception, bool> Failures => new()
    {
        { new RestartFailedException("no"), true },
        { new AmbiguousRestartException("connection lost"), true },
        { new RestartThrottledException("slow down", TimeSpan.FromSeconds(1)), true },
        { new TimeoutException(), true },
        { new OperationCanceledException(), true },
        { new IOException("connection reset"), true },
        { new HostNotFoundException("h"), false },
        { new RestartDeniedException("no"), false },
        { new UnauthorizedAccessException(), false },
        { new OutOfMemoryException(), false },
        { new IntentNotRecordedException("r-1", new IOException()), false },
        { new LedgerNotReadException("r-1", new IOException()), false },
        { new OutcomeNotRecordedException("r-1", new IOException()), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Includes_FailuresOfTheTarget_AndNoOthers(Exception exception, bool included) => Assert.Equal(included, TargetFailures.Includes(Some.Failure(exception)));

    [Fact]
    public void Includes_StoppingOrALostLock_IsNotTheTargetsFault()
    {
        Assert.False(TargetFailures.Includes(Some.Failure(new OperationCanceledException(), stopping: true)));
        Assert.False(TargetFailures.Includes(Some.Failure(new TimeoutException(), lockEnd: LockEnd.Lost)));
        Assert.True(TargetFailures.Includes(Some.Failure(new OperationCanceledException(), lockEnd: LockEnd.CeilingReached)));
    }

    [Fact]
    public void Includes_AbandonedByARule_IsTheTargetsFault() => Assert.True(TargetFailures.Includes(Some.Failure(new IOException(), FailureRule.Abandon(typeof(IOException)))));

    [Fact]
    public void NamedDelay_OnlyWhatAThrottlingTargetNames_IsOne()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), TargetFailures.NamedDelay(Some.Failure(new RestartThrottledException("slow down", TimeSpan.FromSeconds(7)))));
        Assert.Null(TargetFailures.NamedDelay(Some.Failure(new HttpRequestException("busy", inner: null, System.Net.HttpStatusCode.TooManyRequests))));
        Assert.Null(TargetFailures.NamedDelay(Some.Failure(new RestartFailedException("no"))));
    }
}
