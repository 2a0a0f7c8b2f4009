using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks.Syslog;

/// <summary>Sends each report as one syslog message.</summary>
/// <param name="options">Valid options that are on.</param>
public sealed class SyslogSink(SyslogOptions options) : IReportSink
{
    // Every receiver must take 2,048 bytes of a datagram, and should take 8,192 of a stream.
    private const int LongestDatagram = 2048;
    private const int LongestOfStream = 8192;

    /// <inheritdoc />
    public string Name => "syslog";

    /// <inheritdoc />
    public Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return options.Transport switch
        {
            SyslogTransport.Tcp => SendByStreamAsync(Message(report, LongestOfStream), cancellationToken),
            SyslogTransport.Local => SendLocallyAsync(Message(report, LongestDatagram), cancellationToken),
            _ => SendByDatagramAsync(Message(report, LongestDatagram), cancellationToken),
        };
    }

    private byte[] Message(ReportDocument report, int longest) => SyslogMessage.Of(report, options, Environment.MachineName, longest);

    private async Task SendByDatagramAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var client = new UdpClient();
        client.Connect(options.Host!, options.Port);
        await client.SendAsync(message, cancellationToken);
    }

    // A connection for each report: what is written to one that has died unnoticed is lost. The other side's closing says that it has read everything.
    private async Task SendByStreamAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(options.Host!, options.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), cancellationToken);
        await stream.WriteAsync(message, cancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new byte[256];
        while (await stream.ReadAsync(rest, cancellationToken) > 0)
        {
        }
    }

    private async Task SendLocallyAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(options.Socket), cancellationToken);
        await socket.SendAsync(message, SocketFlags.None, cancellationToken);
    }
}
