using Mayhem.Local.Chaos.KillPoints;

namespace Mayhem.Local.Tests.Chaos;

public class KillPlanTests
{
    [Theory]
    [InlineData(null, "r-1", true)]
    [InlineData(null, null, true)]
    [InlineData("r-1", "r-1", true)]
    [InlineData("r-1", "r-12", false)]
    [InlineData("r-1", null, false)]
    [InlineData("r-*", "r-12", true)]
    [InlineData("r-*", "s-1", false)]
    [InlineData("r-*", null, false)]
    public void IsFor_OneRequest_OrAllThatBeginSo(string? wanted, string? request, bool counts) =>
        Assert.Equal(counts, new KillPlan(KillPoint.BeforeHandler, RequestId: wanted).IsFor(request));

    [Theory]
    [InlineData("after-effect", KillPoint.AfterEffect, 1, null)]
    [InlineData("torn-queue-write:12", KillPoint.TornQueueWrite, 12, null)]
    [InlineData("before-handler@a:r@b", KillPoint.BeforeHandler, 1, "a:r@b")]
    [InlineData("after-complete:2@a", KillPoint.AfterComplete, 2, "a")]
    public void Parse_WhatIsWritten_IsTheSame(string text, KillPoint point, int passing, string? request)
    {
        Assert.Equal(new KillPlan(point, passing, request), KillPlan.Parse(text, out var error));
        Assert.Null(error);
        Assert.Equal(new KillPlan(point, passing, request), KillPlan.Parse($"{new KillPlan(point, passing, request)}", out _));
    }

    [Theory]
    [InlineData("", "the points are before-handler, after-intent, ")]
    [InlineData("AfterEffect", "there is no point 'AfterEffect'")]
    [InlineData("after-effect:0", "write after-effect:3 for the third time")]
    [InlineData("after-effect:x", "'x' is no number of a passing")]
    [InlineData("after-effect@", "no request id after 'after-effect@'")]
    [InlineData("torn-ledger-write@a", "a journal knows no requests")]
    public void Parse_WhatMakesNoSense_SaysWhatDoes(string text, string expected)
    {
        Assert.Null(KillPlan.Parse(text, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
