namespace Mayhem.Local.Fleet;

/// <summary>One host of the fleet.</summary>
/// <param name="Name">Its name: letters, digits, hyphens, dots and underscores; unique in the fleet.</param>
/// <param name="Group">The group it belongs to.</param>
public sealed record FleetHost(string Name, string Group)
{
    private static readonly string[] Groups = ["web", "api", "batch"];

    /// <summary>Hosts <c>cattle-0001</c> and so on, dealt out to the groups web, api and batch.</summary>
    public static IReadOnlyList<FleetHost> Cattle(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new FleetHost($"cattle-{number:0000}", Groups[(number - 1) % Groups.Length]))];
}

/// <summary>The fleet of local processes.</summary>
public sealed class FleetOptions
{
    /// <summary>The folder of the claims and of the log of starts. Created if missing; one fleet at a time uses it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The hosts; 12 of them by default.</summary>
    public IReadOnlyList<FleetHost> Hosts { get; init; } = FleetHost.Cattle(12);

    /// <summary>The program that plays a host; null (default) for this very program.</summary>
    public HostLaunch? Launch { get; init; }

    /// <summary>How long the first process of a host may take to get ready. More than zero; 30 s by default: all boot at once, and a slow machine must not end the run.</summary>
    public TimeSpan BootTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a process that takes the place of another may take to get ready, and any to answer. More than zero; 5 s by default.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long claims, and the log of starts, are kept: longer than any message may live. 7 days by default.</summary>
    public TimeSpan ClaimRetention { get; init; } = TimeSpan.FromDays(7);
}
