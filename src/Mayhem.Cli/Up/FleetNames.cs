using Mayhem.Functions.Scheduling;
using Mayhem.Local.Fleet;

namespace Mayhem.Cli.Up;

/// <summary>The hosts of the fleet, for the scheduler.</summary>
internal sealed class FleetNames(IReadOnlyList<FleetHost> hosts) : ISchedulableHosts
{
    /// <inheritdoc />
    public IReadOnlyList<string> Names { get; } = [.. hosts.Select(host => host.Name)];
}
