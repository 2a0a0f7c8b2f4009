using System.Text;
using Mayhem.Local.Fleet;

namespace Mayhem.Cli.HostProcess;

/// <summary>What a host's process leaves on disk when it starts: the claim of its order, and a line in the log of starts.</summary>
internal static class StartRecord
{
    private const int LogAttempts = 2_000;

    /// <summary>Claims the order by creating its file: of all processes ever started for it, one succeeds.</summary>
    public static bool TryClaim(HostArguments host, string time)
    {
        var path = Path.Combine(host.Data, HostProtocol.ClaimFolder, host.Claim);
        try
        {
            using var claim = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            claim.Write(Encoding.UTF8.GetBytes(
                $"host={host.Name}\nrequest={host.Request}\nattempt={host.Attempt}\npid={Environment.ProcessId}\nold-pid={host.OldProcessId}\ntime={time}\n"));
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Appends to the log of starts. Processes that start together take turns: the runtime's own append mode would overwrite.</summary>
    public static void Log(HostArguments host, string time)
    {
        var about = host.IsForOrder ? $"restart\t{host.OldProcessId}\t{host.Request}\t{host.Attempt}" : "boot";
        var line = Encoding.UTF8.GetBytes($"{time}\t{host.Name}\t{Environment.ProcessId}\t{about}\n");
        var turn = default(SpinWait);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var log = new FileStream(Path.Combine(host.Data, HostProtocol.StartLog), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                log.Write(line);
                return;
            }
            catch (IOException) when (attempt < LogAttempts)
            {
                turn.SpinOnce();
            }
        }
    }
}
