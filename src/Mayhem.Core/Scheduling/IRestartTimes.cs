using Mayhem.Guards;

namespace Mayhem.Scheduling;

/// <summary>Tells when a host may be restarted at all.</summary>
public interface IRestartTimes
{
    /// <summary>True if restarts of the host may begin at this moment.</summary>
    bool AreOpen(string host, DateTimeOffset at);
}

/// <summary>By the windows of its group.</summary>
public sealed class GuardedTimes(GuardBook guards) : IRestartTimes
{
    /// <inheritdoc />
    public bool AreOpen(string host, DateTimeOffset at) => guards.OfHost(host).Times?.IsOpen(at) ?? true;
}
