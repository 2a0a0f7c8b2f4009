using Azure.Core;

namespace Mayhem.Postgres;

/// <summary>What tests set, and production leaves alone.</summary>
internal sealed record Fixtures
{
    /// <summary>Tells the time, given the database's; null for the database's.</summary>
    public Func<DateTimeOffset, DateTimeOffset>? Clock { get; init; }

    /// <summary>Gives the tokens; null for the app's identity.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>Names the process in the entries; null for machine, process id and time of opening.</summary>
    public string? Owner { get; init; }
}
