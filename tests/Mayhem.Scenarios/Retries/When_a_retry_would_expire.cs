using Mayhem.Restarts;

namespace Mayhem.Scenarios.Retries;

public class When_a_retry_would_expire
{
    [Fact]
    public async Task The_message_is_dead_lettered_instead_of_being_lost_by_the_broker()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)));
        var request = MayhemApp.Request("r1", "web-1");
        request.TimeToLive = TimeSpan.FromSeconds(90);

        await app.SendAsync(request);
        await app.QuietAsync();

        Assert.Equal(["DeadLetter r1#1"], app.Wire.Settlements);
        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal("RetryWouldExpire", dead.DeadLetterReason);
        Assert.StartsWith(
            "The next attempt is due at 2026-11-20 12:01:30Z, and the message expires at 2026-11-20 12:01:30Z. Mayhem.Restarts.RestartThrottledException: too many",
            (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_second_more_of_life_is_enough()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)));
        var request = MayhemApp.Request("r1", "web-1");
        request.TimeToLive = TimeSpan.FromSeconds(91);

        await app.SendAsync(request);
        await app.QuietAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(90));
        await app.QuietAsync();

        Assert.Single(app.Target.Restarted);
    }
}
