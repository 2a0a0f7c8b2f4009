using System.Text;
using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.DeadLetters;

public class When_properties_are_nearly_full
{
    private const int Limit = 32 * 1024;

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(31_000, false)]
    public async Task The_history_gives_way_so_that_all_of_them_stay_below_the_limit(int sent, bool withHistory)
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back " + new string('x', 700)), times: 10);
        var request = MayhemApp.Request("r1", "web-1");
        request.ApplicationProperties["sent"] = new string('s', sent);

        await app.SendAsync(request);
        await app.SettledAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal("RetriesExhausted", dead.DeadLetterReason);
        Assert.Equal(withHistory, !string.Equals((string)dead.Properties[MessageProperties.History], "[]", StringComparison.Ordinal));
        Assert.Equal(sent, ((string)dead.Properties["sent"]).Length);
        Assert.Equal(app.Reporter.Reports.Last().Id, dead.Properties[MessageProperties.ReportId]);
        Assert.InRange(Size(dead), sent, Limit);
    }

    private static int Size(BrokeredMessage message) =>
        message.Properties.Sum(property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value.ToString()!));
}
