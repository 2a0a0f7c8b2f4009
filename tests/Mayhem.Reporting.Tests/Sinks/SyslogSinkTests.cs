using System.Net;
using System.Net.Sockets;
using System.Text;
using Mayhem.Reporting.Sinks.Syslog;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Reports;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Sinks;

public sealed class SyslogSinkTests
{
    private static readonly SyslogOptions Options = new() { AppName = "mayhem" };

    [Theory]
    [InlineData(ReportKind.Retry, 132)]
    [InlineData(ReportKind.Tolerated, 132)]
    [InlineData(ReportKind.Final, 131)]
    [InlineData(ReportKind.Unhandled, 131)]
    [InlineData(ReportKind.ProcessFatal, 130)]
    public void Of_AKind_HasItsSeverityAtTheFacility(ReportKind kind, int priority) =>
        Assert.StartsWith($"<{priority}>1 2026-11-21T03:00:00.000000Z box mayhem {Environment.ProcessId} {kind} [mayhem@32473 ", Text(SyslogMessage.Of(SomeDocument.Of(1, kind), Options, "box", 2048)), StringComparison.Ordinal);

    [Fact]
    public void Of_AReport_HasItsDataAndItsHeadline()
    {
        var text = Text(SyslogMessage.Of(SomeDocument.Of(1), Options, "box", 2048));

        Assert.Contains($"reportId=\"{SomeDocument.Id(1)}\" fingerprint=\"0011223344556677\" class=\"Transient\" unreported=\"0\" operationId=\"0af7651916cd43dd8448eb211c80319c\" host=\"web-3\" attempt=\"2\"]", text, StringComparison.Ordinal);
        Assert.EndsWith("] \uFEFFDead-lettered web-3: TimeoutException: no answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ValuesWithSpecialCharacters_AreEscaped()
    {
        var report = SomeDocument.Of(1) with { Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "a\"b\\c]d\ne" } };

        Assert.Contains("host=\"a\\\"b\\\\c\\]d e\"", Text(SyslogMessage.Of(report, Options, "b ox", 2048)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(260)]
    [InlineData(331)]
    [InlineData(332)]
    [InlineData(333)]
    public void Of_ALongMessage_IsCutToTheBytes_BetweenCharacters(int longest)
    {
        var message = SyslogMessage.Of(SomeDocument.Of(1, message: string.Concat(Enumerable.Repeat("ä😀", 200))), Options, "box", longest);

        Assert.InRange(message.Length, longest - 3, longest);
        Assert.DoesNotContain('\uFFFD', Text(message));
    }

    [Fact]
    public async Task SendAsync_ByUdp_IsOneDatagram()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new SyslogOptions { Host = "127.0.0.1", Port = ((IPEndPoint)server.Client.LocalEndPoint!).Port };

        await new SyslogSink(options).SendAsync(SomeDocument.Of(1), CancellationToken.None);

        var received = await server.ReceiveAsync();
        Assert.StartsWith("<131>1 ", Text(received.Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ByTcp_CountsOctets_AndWaitsUntilTheOtherSideHasReadThem()
    {
        byte[] received = [];
        using var server = new LocalServer(async (stream, closing) =>
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, closing);
            received = all.ToArray();
        });

        await Sink(server.Port).SendAsync(SomeDocument.Of(1, message: "kein Anschluß"), CancellationToken.None);

        var space = Array.IndexOf(received, (byte)' ');
        Assert.Equal(received.Length - space - 1, int.Parse(Text(received[..space]), System.Globalization.CultureInfo.InvariantCulture));
        Assert.EndsWith("kein Anschluß", Text(received), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ByTcp_TheServerHangs_EndsWithTheToken()
    {
        using var server = new LocalServer((_, closing) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing));
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sink(server.Port).SendAsync(SomeDocument.Of(1), limit.Token));
    }

    [Fact]
    public async Task SendAsync_ByTcp_NobodyListens_Throws() =>
        await Assert.ThrowsAsync<SocketException>(() => Sink(LocalHttpServer.FreePort()).SendAsync(SomeDocument.Of(1), CancellationToken.None));

    [Fact]
    public async Task SendAsync_Locally_IsOneDatagramOnTheSocket()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        using var daemon = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        daemon.Bind(new UnixDomainSocketEndPoint(folder["log"]));

        await new SyslogSink(new SyslogOptions { Transport = SyslogTransport.Local, Socket = folder["log"] }).SendAsync(SomeDocument.Of(1), CancellationToken.None);

        var buffer = new byte[4096];
        var length = await daemon.ReceiveAsync(buffer, SocketFlags.None);
        Assert.StartsWith("<131>1 ", Text(buffer[..length]), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_WhatDoesNotFit_IsNamed()
    {
        var options = new SyslogOptions { Host = "log", Transport = SyslogTransport.Local, Port = 70000, Facility = 24, AppName = "two words", Kinds = "" };

        Assert.Equal(["Port", "Facility", "AppName", "Host", "Kinds"], options.Problems().Select(problem => problem.Split(' ')[0]));
    }

    private static SyslogSink Sink(int port) => new(new SyslogOptions { Host = "127.0.0.1", Port = port, Transport = SyslogTransport.Tcp });

    private static string Text(byte[] message) => Encoding.UTF8.GetString(message);
}
