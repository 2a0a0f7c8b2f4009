namespace Mayhem.Scheduling;

/// <summary>Tells when a host may be restarted at all.</summary>
public interface IRestartTimes
{
    /// <summary>True if restarts of the host may begin at this moment, by the windows of its group.</summary>
    bool AreOpen(string host, DateTimeOffset at);
}

/// <summary>At any time.</summary>
public sealed class AnyTime : IRestartTimes
{
    /// <inheritdoc />
    public bool AreOpen(string host, DateTimeOffset at) => true;
}
