using Mayhem.Guards;

namespace Mayhem.Core.Tests.Guards;

public class GuardPolicyTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly GuardOptions Options = new() { MaxWait = Hour, AskAgainAfter = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData(Guard.OptIn, "Denied")]
    [InlineData(Guard.Age, "Stale")]
    [InlineData(Guard.KillSwitch, null)]
    [InlineData(Guard.Window, null)]
    [InlineData(Guard.CoolDown, null)]
    [InlineData(Guard.Budget, null)]
    [InlineData(Guard.Concurrency, null)]
    [InlineData(Guard.MinHealthy, null)]
    [InlineData(Guard.Ineffective, "RemediationIneffective")]
    public void DeadLetterReason_AtOnce_IsThatOfTheTable(Guard guard, string? reason) => Assert.Equal(reason, GuardPolicy.DeadLetterReason(No(guard), TimeSpan.Zero, Options));

    [Theory]
    [InlineData(Guard.KillSwitch, null)]
    [InlineData(Guard.Window, null)]
    [InlineData(Guard.CoolDown, null)]
    [InlineData(Guard.Budget, "BlastRadius")]
    [InlineData(Guard.Concurrency, "BlastRadius")]
    [InlineData(Guard.MinHealthy, "MinHealthy")]
    public void DeadLetterReason_AfterTheLongestWait_IsThatOfTheTable(Guard guard, string? reason)
    {
        Assert.Null(GuardPolicy.DeadLetterReason(No(guard), Hour - TimeSpan.FromTicks(1), Options));
        Assert.Equal(reason, GuardPolicy.DeadLetterReason(No(guard), Hour, Options));
    }

    [Theory]
    [InlineData(Guard.OptIn)]
    [InlineData(Guard.Age)]
    [InlineData(Guard.Ineffective)]
    public void DeadLetterReason_OfAGuardThatCouldNotBeAsked_IsNone(Guard guard) =>
        Assert.Null(GuardPolicy.DeadLetterReason(GuardRefusal.FailedCheck(guard, new IOException("no answer")), Hour, Options));

    [Theory]
    [InlineData(Guard.CoolDown)]
    [InlineData(Guard.Window)]
    public void Delay_UntilAnEndOrAnOpening_IsExact(Guard guard) =>
        Assert.Equal(TimeSpan.FromMinutes(7), GuardPolicy.Delay(No(guard) with { PassesAt = Some.Now.AddMinutes(7) }, TimeSpan.Zero, Options, Some.Now, random: 1));

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 720)]
    public void Delay_ForABudget_HasAJitterOfAFifth(double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), GuardPolicy.Delay(No(Guard.Budget) with { PassesAt = Some.Now.AddMinutes(10) }, TimeSpan.Zero, Options, Some.Now, random));

    [Fact]
    public void Delay_ForABudgetThatIsFreeInAMoment_StillHasTheJitterOfAskingAgain() =>
        Assert.Equal(TimeSpan.FromSeconds(7), GuardPolicy.Delay(No(Guard.Budget) with { PassesAt = Some.Now.AddSeconds(1) }, TimeSpan.Zero, Options, Some.Now, random: 1));

    [Fact]
    public void Delay_ForATurn_EndsWithTheLongestWait() =>
        Assert.Equal(TimeSpan.FromMinutes(4), GuardPolicy.Delay(No(Guard.Budget) with { PassesAt = Some.Now.AddMinutes(10) }, TimeSpan.FromMinutes(56), Options, Some.Now, random: 0));

    [Theory]
    [InlineData(Guard.KillSwitch)]
    [InlineData(Guard.Concurrency)]
    [InlineData(Guard.MinHealthy)]
    public void Delay_WhereNobodyCanTell_IsThatOfAskingAgain(Guard guard) =>
        Assert.Equal(TimeSpan.FromSeconds(33), GuardPolicy.Delay(No(guard), TimeSpan.Zero, Options, Some.Now, random: 0.5));

    [Fact]
    public void Delay_ATimeThatIsPast_IsASecond() =>
        Assert.Equal(TimeSpan.FromSeconds(1), GuardPolicy.Delay(No(Guard.CoolDown) with { PassesAt = Some.Now.AddMinutes(-10) }, TimeSpan.Zero, Options, Some.Now, random: 0));

    private static GuardRefusal No(Guard guard) => new(guard, "a rule", "Because.");
}
