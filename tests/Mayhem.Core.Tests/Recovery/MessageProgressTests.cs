using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Recovery;

public class MessageProgressTests
{
    [Fact]
    public void AfterFailure_OfAClassThatIsTriedAgain_SpendsAnAttemptOfItsRule()
    {
        var progress = MessageProgress.Of(Some.Delivery());
        for (var failures = 1; failures <= 3; failures++)
            Assert.Equal(failures, (progress = progress.AfterFailure(Some.Failure(new RestartFailedException("no")))).Budget.Used(typeof(RestartFailedException).FullName!));
    }

    [Fact]
    public void AfterFailure_OfAClassThatIsNot_SpendsNone()
    {
        var progress = MessageProgress.Of(Some.Delivery());
        Assert.Equal(progress, progress.AfterFailure(Some.Failure(new HostNotFoundException("nobody"))));
        Assert.Equal(progress, progress.AfterFailure(Some.Failure(new OperationCanceledException()) with { Class = FailureClass.Stopping }));
    }

    [Fact]
    public void WriteTo_ACopy_IsReadFromItAgain()
    {
        var failure = Some.Failure(new TimeoutException());
        var progress = MessageProgress.Of(Some.Delivery()).AfterFailure(failure).Remember(failure, TimeSpan.FromSeconds(1), "here/1");
        var copy = Some.Delivery() with { Properties = RetryCopies.Make(Some.Delivery(), Some.Now, progress).Properties };
        Assert.Equal(progress, MessageProgress.Of(copy));
    }
}
