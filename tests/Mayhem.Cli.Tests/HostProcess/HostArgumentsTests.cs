using Mayhem.Cli.HostProcess;

namespace Mayhem.Cli.Tests.HostProcess;

public class HostArgumentsTests
{
    [Fact]
    public void Read_ABoot_HasNoOrder()
    {
        var host = HostArguments.Read(["host", "--name", "cattle-0001", "--data", "d"])!;
        Assert.Equal(("cattle-0001", "d", false), (host.Name, host.Data, host.IsForOrder));
    }

    [Fact]
    public void Read_ARestart_HasItsOrder()
    {
        var host = HostArguments.Read(["host", "--name", "h", "--data", "d", "--claim", "c.2", "--request", "r", "--attempt", "2", "--old-pid", ""])!;
        Assert.Equal(("c.2", "r", "2", "", true), (host.Claim, host.Request, host.Attempt, host.OldProcessId, host.IsForOrder));
    }

    [Theory]
    [InlineData("host")]
    [InlineData("host --name h")]
    [InlineData("host --data d")]
    [InlineData("host --name h --data d --claim")]
    [InlineData("host --name h --data d --verbose yes")]
    public void Run_ArgumentsThatMakeNoSense_IsAUsageError(string line) => Assert.Equal(2, HostCommand.Run(line.Split(' ')));
}
