using System.Diagnostics;
using Mayhem.Local.Fleet;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.Fleet;

/// <summary>A fleet of real processes in a folder of its own. Another fleet in the same folder is what the next run of the program would be.</summary>
internal sealed class FleetBench : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ProcessFleet> fleets = [];

    public static HostLaunch Mayhem { get; } = new(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mayhem.exe" : "mayhem"), []);

    public string Folder => folder.Path;

    public string[] Starts => File.ReadAllLines(folder[HostProtocol.StartLog]);

    public static RestartOrder Order(string host, string requestId = "req-1", int attempt = 1, string reason = "") =>
        new(new RestartRequest { RequestId = requestId, Host = host, Requester = "tests", Reason = reason }, attempt, DateTimeOffset.UnixEpoch);

    public async Task<ProcessFleet> StartAsync(int hosts, HostLaunch? launch = null)
    {
        var fleet = Create(hosts, launch);
        await fleet.StartAsync(CancellationToken.None);
        return fleet;
    }

    public ProcessFleet Create(int hosts, HostLaunch? launch = null)
    {
        var options = new FleetOptions
        {
            DataDirectory = Folder, Hosts = FleetHost.Cattle(hosts), Launch = launch ?? Mayhem, HealthTimeout = TimeSpan.FromSeconds(30),
        };
        var fleet = new ProcessFleet(options, TimeProvider.System, NullLogger<ProcessFleet>.Instance);
        fleets.Add(fleet);
        return fleet;
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var fleet in fleets)
            await fleet.DisposeAsync();
        folder.Dispose();
    }
}
