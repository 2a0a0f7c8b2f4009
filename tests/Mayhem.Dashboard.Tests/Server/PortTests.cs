using System.Net;
using System.Net.Sockets;

namespace Mayhem.Dashboard.Tests.Server;

public sealed class PortTests
{
    [Fact]
    public async Task Start_PortTaken_TakesTheNext()
    {
        await using var first = await DashboardStage.OpenAsync();

        await using var second = await DashboardStage.OpenAsync(new DashboardOptions { Port = first.Server.Port, MorePorts = 50 });

        Assert.InRange(second.Server.Port, first.Server.Port + 1, first.Server.Port + 50);
    }

    [Fact]
    public async Task Start_PortTakenAndNoOtherAllowed_SaysSo()
    {
        await using var first = await DashboardStage.OpenAsync();

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => DashboardStage.OpenAsync(new DashboardOptions { Port = first.Server.Port, MorePorts = 0 }));

        Assert.Contains(first.Server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ByDefault_IsForThisMachineOnly()
    {
        await using var stage = await DashboardStage.OpenAsync();
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork)).Where(address => !IPAddress.IsLoopback(address));

        foreach (var address in others)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, stage.Server.Port));
        }
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("no name")]
    public void ProblemOfListen_NoAddressToType_IsTold(string listen) => Assert.NotNull(DashboardOptions.ProblemOfListen(listen));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("ops.example.net")]
    public void ProblemOfListen_AnAddressOrName_IsNone(string listen) => Assert.Null(DashboardOptions.ProblemOfListen(listen));
}
