using Mayhem.Functions.Configuration;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_rule_is_configured
{
    [Fact]
    public async Task It_replaces_the_one_in_code()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(
            ("Mayhem:Failures:HostNotFoundException:Class", "Transient"),
            ("Mayhem:Failures:HostNotFoundException:Delay", "00:02:00"),
            ("Mayhem:Failures:HostNotFoundException:MaxAttempts", "2")));
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1"), times: 2);
        var began = app.Time.GetUtcNow();

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        Assert.Equal(began + TimeSpan.FromMinutes(2), Assert.Single(app.Messages()).Content.ScheduledFor);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.QuietAsync();

        Assert.Equal("RetriesExhausted", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal(2, app.Target.Tries);
    }

    [Fact]
    public async Task It_holds_for_derived_types_until_they_have_their_own()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(
            ("Mayhem:Failures:System.Exception:Class", "Fatal"),
            ("Mayhem:Failures:System.Exception:DeadLetterReason", "Unknown")));
        app.Target.Fail("web-1", () => new NotSupportedException("no rule of its own"));
        app.Target.Fail("web-2", () => new TimeoutException("its own rule in code"));

        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();

        Assert.Equal("Unknown", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Equal("r2", Assert.Single(app.Target.Restarted).Request.RequestId);
    }

    [Theory]
    [InlineData("Mayhem:Failures:NoSuchException:Class", "Fatal", "Mayhem:Failures:NoSuchException: there is no exception type of this name")]
    [InlineData("Mayhem:Failures:TimeoutException:Delay", "-00:00:05", "Mayhem:Failures:TimeoutException:Delay is '-00:00:05'; allowed is a time from 00:00:00 to 1.00:00:00")]
    [InlineData("Mayhem:Failures:TimeoutException:Class", "Stopping", "Mayhem:Failures:TimeoutException:Class is 'Stopping'")]
    [InlineData("Mayhem:Failures:TimeoutException:MaxAttempts", "0", "Mayhem:Failures:TimeoutException:MaxAttempts is '0'")]
    [InlineData("Mayhem:Failures:TimeoutException:Dealy", "00:00:05", "Mayhem:Failures:TimeoutException:Dealy is not a setting")]
    public async Task One_that_cannot_be_stops_the_start_and_names_its_key(string key, string value, string error)
    {
        var start = await Assert.ThrowsAnyAsync<Exception>(() => MayhemApp.StartAsync(MayhemAppOptions.With((key, value))));

        Assert.StartsWith(error, Assert.Single(ConfigurationErrors.Of(start)), StringComparison.Ordinal);
    }
}
