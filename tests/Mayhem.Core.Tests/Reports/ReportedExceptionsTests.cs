using Mayhem.Reports;

namespace Mayhem.Core.Tests.Reports;

public class ReportedExceptionsTests
{
    private readonly ReportedExceptions reported = new();

    [Fact]
    public void TryMark_TheSameExceptionTwice_MarksItOnce()
    {
        var exception = new InvalidOperationException("x");

        Assert.True(reported.TryMark(exception));
        Assert.False(reported.TryMark(exception));
    }

    [Fact]
    public void TryMark_AWrapperOfAReportedException_IsTheSameFailure()
    {
        var cause = new InvalidOperationException("cause");
        reported.TryMark(cause);

        Assert.False(reported.TryMark(new AggregateException(new TimeoutException(), new InvalidOperationException("wrapper", cause))));
    }

    [Fact]
    public void TryMark_TheCauseOfAReportedWrapper_IsTheSameFailure()
    {
        var cause = new InvalidOperationException("cause");
        reported.TryMark(new InvalidOperationException("wrapper", cause));

        Assert.False(reported.TryMark(cause));
    }

    [Fact]
    public void TryMark_AnEqualButOtherException_IsAnotherFailure()
    {
        reported.TryMark(new InvalidOperationException("x"));

        Assert.True(reported.TryMark(new InvalidOperationException("x")));
    }
}
