using Mayhem.Functions.Triggers;

namespace Mayhem.Functions.Tests.Triggers;

public class MessageDeadLetteredExceptionTests
{
    [Fact]
    public void New_AfterATimeout_IsNoCancelledInvocation_AndKeepsTheCause()
    {
        var timeout = new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.");

        var shown = new MessageDeadLetteredException("m-1", "Exhausted", timeout);

        Assert.IsNotAssignableFrom<OperationCanceledException>(shown.InnerException);
        Assert.Same(timeout, shown.GetBaseException());
    }

    [Fact]
    public void New_AfterAnotherFailure_HasItAsItsCause()
    {
        var denied = new InvalidOperationException("no");

        Assert.Same(denied, new MessageDeadLetteredException("m-1", "Denied", denied).InnerException);
    }
}
