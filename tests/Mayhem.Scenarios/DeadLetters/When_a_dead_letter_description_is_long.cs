using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.DeadLetters;

public class When_a_dead_letter_description_is_long
{
    [Fact]
    public async Task It_is_cut_at_1024_characters_long_before_the_broker_would_refuse_it()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartDeniedException(new string('x', 5000)));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        var description = (string)dead.Properties["DeadLetterErrorDescription"];
        Assert.Equal(1024, description.Length);
        Assert.StartsWith("Mayhem.Restarts.RestartDeniedException: xxx", description, StringComparison.Ordinal);
        Assert.EndsWith($"xxx… (attempt 1, report {app.Reporter.Reports.Single().Id})", description, StringComparison.Ordinal);
        Assert.Equal(app.Reporter.Reports.Single().Id, dead.Properties[MessageProperties.ReportId]);
    }

    [Fact]
    public async Task No_character_is_cut_in_half()
    {
        await using var app = await MayhemApp.StartAsync();
        foreach (var (host, lead) in new[] { ("even", ""), ("odd", "x") })
            app.Target.Fail(host, () => new RestartDeniedException(lead + string.Concat(Enumerable.Repeat("🐄", 2000))));

        await app.SendAsync("r1", "even");
        await app.SendAsync("r2", "odd");
        await app.QuietAsync();

        var descriptions = app.DeadLetters().Select(dead => (string)dead.Properties["DeadLetterErrorDescription"]).ToArray();
        Assert.Equal([1023, 1024], descriptions.Select(description => description.Length).Order());
        Assert.All(descriptions, description => Assert.Contains("🐄… (attempt 1, report ", description, StringComparison.Ordinal));
    }
}
