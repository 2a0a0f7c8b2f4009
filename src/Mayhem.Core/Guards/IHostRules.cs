namespace Mayhem.Guards;

/// <summary>What is known of a host before it is restarted.</summary>
public interface IHostRules
{
    /// <summary>Why a host must not be restarted: it is denied, or not opted in. Null if it may be.</summary>
    string? WhyDenied(string host);

    /// <summary>True if restarts of the host are recorded, but not done.</summary>
    bool IsDryRun(string host);
}

/// <summary>The same for all hosts: each may be restarted.</summary>
/// <param name="dryRun">True if restarts are recorded, but not done.</param>
public sealed class SameForAllHosts(bool dryRun) : IHostRules
{
    /// <inheritdoc />
    public string? WhyDenied(string host) => null;

    /// <inheritdoc />
    public bool IsDryRun(string host) => dryRun;
}
