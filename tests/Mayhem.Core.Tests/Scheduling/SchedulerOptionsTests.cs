using Mayhem.Scheduling;

namespace Mayhem.Core.Tests.Scheduling;

public sealed class SchedulerOptionsTests
{
    [Fact]
    public void Errors_OfTheDefaults_AreNone_AndTheyAreOff()
    {
        Assert.Empty(new SchedulerOptions().Errors());
        Assert.False(new SchedulerOptions().Enabled);
    }

    [Fact]
    public void Errors_OfValuesOutOfRange_NameTheKeys()
    {
        var options = new SchedulerOptions { Mean = TimeSpan.FromSeconds(59), Expiry = TimeSpan.Zero, Requester = " ", Hosts = "web-1; web-*" };

        Assert.Equal(
            ["Mayhem:Scheduler:Mean", "Mayhem:Scheduler:Expiry", "Mayhem:Scheduler:Requester", "Mayhem:Scheduler:Hosts"],
            options.Errors().Select(error => error[..error.IndexOf(' ', StringComparison.Ordinal)]));
    }
}
