using Mayhem.Failures;
using Mayhem.Observation;

namespace Mayhem.Scenarios.OneVerdict;

public class When_a_body_is_not_a_restart_request
{
    [Theory]
    [InlineData("", "body is not JSON")]
    [InlineData("restart web-1, please", "body is not JSON")]
    [InlineData("[]", "body is not a JSON object.")]
    [InlineData("""{"version":2,"requestId":"r1","host":"web-1","requester":"me"}""", "version is not 1")]
    [InlineData("""{"version":1,"requestId":"r1","requester":"me"}""", "host is missing.")]
    [InlineData("""{"version":1,"requestId":"r1","host":"web 1","requester":"me"}""", "host may hold letters, digits, hyphens, dots and underscores only.")]
    [InlineData("""{"version":1,"requestId":"r1","host":"web-1","requester":"me","hots":"web-2"}""", "hots is not a field of a restart request.")]
    public async Task Its_first_delivery_is_its_last_and_the_field_is_named(string body, string error)
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync(MayhemApp.Message("m1", body));
        await app.QuietAsync();

        Assert.Equal(["DeadLetter m1#1"], app.Wire.Settlements);
        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("Poison", 1), (dead.DeadLetterReason, dead.DeliveryCount));
        Assert.StartsWith($"The body is not a restart request: {error}", (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
        Assert.Equal(FailureClass.Poison, Assert.Single(app.Reporter.Reports).Class);
        Assert.Equal((0, 1L), (app.Target.Tries, app.Counters[ProcessingEvent.DeadLettered]));
        Assert.Equal(body, dead.Content.Body.IsEmpty ? "" : new BinaryData(dead.Content.Body).ToString());
    }

    [Fact]
    public async Task The_messages_behind_it_are_not_held_up()
    {
        await using var app = await MayhemApp.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await app.SendAsync(MayhemApp.Message($"m{i}", "nothing to read"));
            await app.SendAsync($"r{i}", $"web-{i}");
        }
        await app.QuietAsync();

        Assert.Equal((5, 5), (app.DeadLetters().Count, app.Target.Restarted.Count));
    }
}
