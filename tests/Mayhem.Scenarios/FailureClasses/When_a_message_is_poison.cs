using Mayhem.Failures;
using Mayhem.Reports;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_message_is_poison
{
    [Fact]
    public async Task It_is_dead_lettered_at_once_with_a_report_and_nothing_is_tried()
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync(MayhemApp.Message("m1", """{"version":7}"""));
        await app.QuietAsync();

        Assert.Equal(["DeadLetter m1#1"], app.Wire.Settlements);
        Assert.Equal("Poison", Assert.Single(app.DeadLetters()).DeadLetterReason);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Poison, ReportKind.Final, "m1"), (report.Class, report.Kind, report.Domain["messageId"]));
        Assert.Equal(0, app.Target.Tries);
    }
}
