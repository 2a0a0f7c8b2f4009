using Mayhem.Guards;

namespace Mayhem.Core.Tests.Guards;

public class GuardOptionsTests
{
    public static TheoryData<GuardOptions, string> Bad => new()
    {
        { new() { MaxAge = TimeSpan.FromDays(15) }, "MaxAge is '15.00:00:00'; allowed is 00:00:00 to 14.00:00:00." },
        { new() { CoolDown = TimeSpan.FromTicks(-1) }, "CoolDown is" },
        { new() { Budget = -1 }, "Budget is '-1'" },
        { new() { BudgetSpan = TimeSpan.FromDays(8) }, "BudgetSpan is '8.00:00:00'; allowed is 00:00:01 to 7.00:00:00." },
        { new() { Concurrency = 100_001 }, "Concurrency is '100001'" },
        { new() { MinHealthy = 2 }, "GroupSize is missing" },
        { new() { MinHealthy = 3, GroupSize = 3 }, "MinHealthy is '3'; with GroupSize 3, allowed is 0 to 2" },
        { new() { MinHealthy = -1 }, "MinHealthy is '-1'" },
        { new() { IneffectiveAfter = 1001 }, "IneffectiveAfter is '1001'" },
        { new() { LongestRestart = TimeSpan.Zero }, "LongestRestart is" },
        { new() { MaxWait = TimeSpan.Zero }, "MaxWait is" },
        { new() { AskAgainAfter = TimeSpan.FromHours(2) }, "AskAgainAfter is" },
        { new() { Window = "at night" }, "Window has 'at night'" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Errors_ABadValue_NamesItsKeyAndWhatIsAllowed(GuardOptions options, string sentence) =>
        Assert.StartsWith($"Mayhem:Guards:{sentence}", Assert.Single(options.Errors("Mayhem:Guards")), StringComparison.Ordinal);

    [Fact]
    public void Defaults_GuardNothing()
    {
        var guards = GroupGuards.Of("web", new GuardOptions());
        Assert.Empty(new GuardOptions().Errors("Mayhem:Guards"));
        Assert.True(guards.Limits.AreNone);
        Assert.Null(guards.Times);
        Assert.Equal("", guards.Limits.ToString());
    }
}
