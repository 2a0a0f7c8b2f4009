using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Core.Tests.Recovery;

public class AttemptBudgetTests
{
    [Fact]
    public void Parse_WhatToStringWrote_IsTheSame()
    {
        var budget = AttemptBudget.Untouched.Spend("A").Spend("B+C").Spend("A");
        Assert.Equal("A=2;B+C=1", budget.ToString());
        Assert.Equal(budget, AttemptBudget.Parse(budget.ToString()));
        Assert.Equal(3, budget.Failures);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("=;A;=3;A=-1;A=x;;")]
    [InlineData("A=99999999999")]
    public void Parse_WhateverASenderWrote_CountsAsNoneUsed(string? text) => Assert.Equal(0, AttemptBudget.Parse(text).Failures);
}
