namespace Mayhem.Messages;

/// <summary>A request to restart one host: version 1 of the format.</summary>
public sealed record RestartRequest
{
    /// <summary>The sender's id of the request: one id restarts a host once. 1 to 100 characters.</summary>
    public required string RequestId { get; init; }

    /// <summary>The host to restart. 1 to 253 characters: letters, digits, hyphens, dots and underscores.</summary>
    public required string Host { get; init; }

    /// <summary>The group the host belongs to; empty if the sender gave none. At most 128 characters.</summary>
    public string Group { get; init; } = "";

    /// <summary>Who asks. 1 to 256 characters.</summary>
    public required string Requester { get; init; }

    /// <summary>Why; empty if the sender gave none. At most 1024 characters.</summary>
    public string Reason { get; init; } = "";

    /// <summary>After this time the request must not be carried out any more; null if it stays valid.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}
