using Mayhem.Observation;

namespace Mayhem.Scenarios.OncePerRequest;

public class When_a_process_dies_after_the_restart
{
    [Fact]
    public async Task Neither_its_deaths_nor_its_age_dead_letter_a_request_that_was_carried_out()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        await app.SendAsync(MayhemApp.Request("r1", "web-1", notAfter: app.Time.GetUtcNow().AddSeconds(5)));
        for (var death = 1; death <= 3; death++)
        {
            app.Wire.Hang(WireOperation.Complete);
            await app.HappensAsync(() => app.Wire.Count(WireOperation.Complete) == death, "the message is about to be completed");
            await app.KillWorkerAsync();
            await app.StartWorkerAsync();
        }
        await app.QuietAsync();

        Assert.Empty(app.DeadLetters());
        Assert.Equal("Complete r1#4", app.Wire.Settlements.Last());
        Assert.Equal((1, 1L), (app.Target.Tries, app.Counters[ProcessingEvent.DuplicateSuppressed]));
    }
}
