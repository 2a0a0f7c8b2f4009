using Mayhem.Diagnosis;
using Mayhem.Guards;

namespace Mayhem.Core.Tests.Diagnosis;

public class GuardChecksTests
{
    private static readonly GuardOptions Limited = new() { Budget = 3 };

    [Fact]
    public void Guards_ThatFitEverything_AreNotMentioned() => Assert.Empty(Checkup.Of(Shared(Limited)));

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void Guards_WaitingInPlace_AreWarnedOf(int seconds, bool found) => AssertFound("MH1301", Severity.Warning, found, Shared(new GuardOptions { AskAgainAfter = TimeSpan.FromSeconds(seconds) }));

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Guards_RestartsThatTakeLongerThanTheyCount_AreWarnedOf(int minutes, bool found) => Assert.Equal(
        found, Checkup.Of(Shared(Limited) with { Targets = [new TargetFacts("web", TimeSpan.FromMinutes(minutes), IsDryRun: true)] }).Any(finding => finding is { Code: "MH1302", Severity: Severity.Warning }));

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void Guards_LookingBackFurtherThanTheLedger_AreAnError(int days, bool found)
    {
        var setup = Shared(new GuardOptions { IneffectiveAfter = 3, IneffectiveSpan = TimeSpan.FromDays(2) });
        Assert.Equal(found, Checkup.Of(setup with { Ledger = setup.Ledger with { Retention = TimeSpan.FromDays(days) } }).Any(finding => finding is { Code: "MH1303", Severity: Severity.Error }));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Guards_CountedByEachInstanceForItself_AreWarnedOf(bool deployed, bool found)
    {
        var setup = Shared(Limited);
        setup = setup with { Deployed = deployed, Ledger = setup.Ledger with { IsShared = false } };
        Assert.Equal(found, Checkup.Of(setup).Any(finding => finding is { Code: "MH1304", Severity: Severity.Warning, Key: "Mayhem:Guards" }));
    }

    [Fact]
    public void Guards_AWindowThatIsClosedForLongerThanMessagesLive_IsWarnedOf()
    {
        var setup = Shared(new GuardOptions { Window = "Sat 00:00-24:00" });
        Assert.Contains(Checkup.Of(setup with { Queue = setup.Queue with { TimeToLive = TimeSpan.FromHours(23) } }), finding => finding is { Code: "MH1305", Severity: Severity.Warning });
        Assert.Empty(Checkup.Of(setup));
    }

    private static Setup Shared(GuardOptions guards) => Healthy.Setup with { Guards = [("Mayhem:Guards", guards)], Ledger = Healthy.Setup.Ledger with { IsShared = true } };

    private static void AssertFound(string code, Severity severity, bool found, Setup setup) =>
        Assert.Equal(found ? [(code, severity)] : [], Checkup.Of(setup).Select(finding => (finding.Code, finding.Severity)));
}
