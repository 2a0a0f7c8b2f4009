using System.Runtime.InteropServices;
using System.Text;
using Mayhem.Local.Fleet;

namespace Mayhem.Cli.HostProcess;

/// <summary>
/// <c>mayhem host</c>: the process that plays a host of the local fleet, started by it and of no use to people. It answers until its standard
/// input ends, which it does when the fleet's process is gone, however it went. Uses next to nothing, because it has to start fast.
/// </summary>
internal static class HostCommand
{
    public const string Name = "host";

    public static int Run(string[] args)
    {
        if (HostArguments.Read(args) is not { } host)
        {
            Console.Error.WriteLine("mayhem host is started by mayhem itself, with --name NAME --data DIR.");
            return 2;
        }

        // Ctrl+C and a closed terminal reach the whole process group. They are meant for the fleet's process, which needs its hosts while it drains.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        var time = TimeProvider.System.GetUtcNow().ToString("O");
        if (host.IsForOrder && !StartRecord.TryClaim(host, time))
            return HostProtocol.AlreadyClaimed;
        StartRecord.Log(host, time);
        Answer();
        return 0;
    }

    private static void Answer()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var pong = Encoding.ASCII.GetBytes($"{HostProtocol.Pong} {Environment.ProcessId}\n");
        try
        {
            output.Write(Encoding.ASCII.GetBytes($"{HostProtocol.Ready} {Environment.ProcessId}\n"));
            var heard = new byte[256];
            for (var count = input.Read(heard); count > 0; count = input.Read(heard))
            {
                for (var pings = heard.AsSpan(0, count).Count((byte)'\n'); pings > 0; pings--)
                    output.Write(pong);
            }
        }
        catch (IOException)
        {
            // Nobody reads the answers any more: the same as the end of the input.
        }
    }
}
