using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_fatal
{
    public static TheoryData<string, Func<Exception>> Failures => new()
    {
        { "Fatal:HostNotFoundException", () => new HostNotFoundException("web-1") },
        { "Fatal:UnauthorizedAccessException", () => new UnauthorizedAccessException("not yours") },
        { "Denied", () => new RestartDeniedException("the host is on the list of those that must not be restarted") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_message_is_dead_lettered_at_once(string reason, Func<Exception> failure)
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", failure);

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(["DeadLetter r1#1"], app.Wire.Settlements);
        Assert.Equal(reason, Assert.Single(app.DeadLetters()).DeadLetterReason);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Fatal, ReportKind.Final, "web-1"), (report.Class, report.Kind, report.Domain["host"]));
        Assert.Equal((1, 0), (app.Target.Tries, app.Target.Issued.Count));
    }

    [Fact]
    public async Task A_request_that_is_out_of_date_is_dead_lettered_as_stale_and_not_carried_out()
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync(MayhemApp.Request("r1", "web-1", notAfter: app.Time.GetUtcNow() - TimeSpan.FromMinutes(1)));
        await app.QuietAsync();

        Assert.Equal("Stale", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal((0, null), (app.Target.Tries, await app.EntryAsync("r1")));
    }

    [Fact]
    public async Task The_same_request_may_be_sent_again_when_the_cause_is_gone()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1"));
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        var entry = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Restarted, 2), (entry!.State, entry.Attempts));
    }
}
