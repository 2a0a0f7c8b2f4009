using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Failures;

public class FailureClassifierTests
{
    [Fact]
    public void Classify_CancelledByOurStopping_IsStopping() =>
        Assert.Equal(FailureClass.Stopping, Some.Failure(new TaskCanceledException(), stopping: true).Class);

    [Fact]
    public void Classify_CancelledByNobodyOfOurs_IsATimeout() =>
        Assert.Equal(FailureClass.Transient, Some.Failure(new TaskCanceledException()).Class);

    [Fact]
    public void Classify_ARealFailureWhileStopping_KeepsItsClass() =>
        Assert.Equal(FailureClass.Fatal, Some.Failure(new HostNotFoundException("h"), stopping: true).Class);

    [Fact]
    public void Classify_LostLock_IsLockLostWhateverWasThrown() =>
        Assert.Equal(FailureClass.LockLost, Some.Failure(new HostNotFoundException("h"), lockEnd: LockEnd.Lost).Class);

    [Fact]
    public void Classify_OutOfMemory_IsProcessFatalEvenWithoutALock() =>
        Assert.Equal(FailureClass.ProcessFatal, Some.Failure(new OutOfMemoryException(), lockEnd: LockEnd.Lost).Class);

    [Fact]
    public void Classify_CancelledAtTheCeiling_IsATimeoutThatSaysSo()
    {
        var failure = Some.Failure(new TaskCanceledException(), lockEnd: LockEnd.CeilingReached);
        Assert.Equal(("System.TimeoutException", FailureClass.Transient), (failure.Type, failure.Class));
    }

    [Fact]
    public void Fingerprint_SameCodeOtherValues_IsTheSame()
    {
        Assert.Equal(Thrown("a").Fingerprint, Thrown("b").Fingerprint);
        Assert.NotEqual(Thrown("a").Fingerprint, Some.Failure(new RestartFailedException("a")).Fingerprint);
    }

    private static Failure Thrown(string text)
    {
        try
        {
            throw new RestartFailedException(text);
        }
        catch (RestartFailedException exception)
        {
            return Some.Failure(exception);
        }
    }
}
