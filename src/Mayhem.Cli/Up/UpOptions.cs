using Mayhem.Cli.DashboardCommand;
using Mayhem.Local.Chaos.KillPoints;

namespace Mayhem.Cli.Up;

/// <summary>What <c>mayhem up</c> was asked to do.</summary>
internal sealed record UpOptions
{
    /// <summary>The default of <see cref="DataFolder"/>.</summary>
    public const string DefaultDataFolder = ".mayhem";

    /// <summary>The default of <see cref="Hosts"/>.</summary>
    public const int DefaultHosts = 12;

    /// <summary>The largest fleet: every host is a process.</summary>
    public const int MaxHosts = 200;

    /// <summary>Requests a second where neither a count nor a rate was given.</summary>
    public const double DefaultRate = 5;

    /// <summary>The folder of the queue, the ledger and the log. Made if it does not exist.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder;

    /// <summary>How many generated requests to publish, from 1; null for no such limit.</summary>
    public int? Count { get; init; }

    /// <summary>Requests a second, more than 0; null for the default of the mode.</summary>
    public double? Rate { get; init; }

    /// <summary>A file of requests, one JSON object a line; <c>-</c> is standard input; null to generate them.</summary>
    public string? Requests { get; init; }

    /// <summary>The share of the generated requests that go wrong, 0 to 1; null for none.</summary>
    public double? Chaos { get; init; }

    /// <summary>Repeats the hosts and the chaos of an earlier run; null for a new seed.</summary>
    public int? Seed { get; init; }

    /// <summary>Publishes nothing and finishes what is in the queue.</summary>
    public bool Drain { get; init; }

    /// <summary>How many hosts the fleet has, 1 to <see cref="MaxHosts"/>.</summary>
    public int Hosts { get; init; } = DefaultHosts;

    /// <summary>True for a queue with sessions, whose requests for one host are carried out in their order. Otherwise <c>Mayhem:Queue:Sessions</c> decides.</summary>
    public bool Sessions { get; init; }

    /// <summary>How long the queue remembers ids to drop what is sent twice, 20 s to 7 days; zero for not at all, null for <see cref="LocalQueue.DefaultDuplicateWindow"/>.</summary>
    public TimeSpan? DuplicateWindow { get; init; }

    /// <summary>The connection string of the ledger's PostgreSQL database; null for what the settings say.</summary>
    public string? Ledger { get; init; }

    /// <summary>The port of the front door, or 0 for any that is free; null for its default, or one of the next nine if that is taken.</summary>
    public int? DoorPort { get; init; }

    /// <summary>Ends with a summary for machines, and writes nothing else to standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Where the dashboard is; null for none.</summary>
    public DashboardPlace? Dashboard { get; init; } = new();

    /// <summary>Starts though a journal is damaged, without what cannot be read of it.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>When to die as by <c>kill -9</c>; null for not at all. For tests.</summary>
    public KillPlan? DieAt { get; init; }

    /// <summary>How many bytes a journal takes before it is compacted for the first time, at least 1; null for its default. For tests.</summary>
    public int? CompactAfter { get; init; }

    /// <summary>True if the run ends by itself when everything is settled; false if it goes on until a signal.</summary>
    public bool EndsWhenSettled => Count is not null || Requests is not null || Drain;

    /// <summary>The pace in force, in requests a second; null for as fast as it goes.</summary>
    public double? Pace => Rate ?? (EndsWhenSettled ? null : DefaultRate);

    /// <summary>Everything that is wrong with the options, in words for the user; empty if they can be carried out.</summary>
    public IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
            yield return "--data is empty: name a folder, or leave the option out for " + DefaultDataFolder;
        if (Count < 1)
            yield return $"--count must be at least 1, not {Count}: use --drain to publish nothing";
        if (Rate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            yield return $"--rate must be more than 0 requests a second, not {rate}: fractions are allowed";
        if (Chaos is { } chaos && !(chaos is >= 0 and <= 1))
            yield return $"--chaos must be a share from 0 to 1, not {chaos}: 0.3 lets about 30 of 100 requests go wrong";
        if (Hosts is < 1 or > MaxHosts)
            yield return $"--hosts must be from 1 to {MaxHosts}, not {Hosts}: every host is a process";
        if (CompactAfter < 1)
            yield return $"--compact-after must be at least 1 byte, not {CompactAfter}";
        if (DuplicateWindow is { } window && window != TimeSpan.Zero && (window < TimeSpan.FromSeconds(20) || window > TimeSpan.FromDays(7)))
            yield return $"--duplicate-window must be from 00:00:20 to 7.00:00:00, not {window}: 0 switches duplicate detection off";
        if (DoorPort is < 0 or > ushort.MaxValue)
            yield return $"--door-port must be from 0 to {ushort.MaxValue}, not {DoorPort}: 0 takes any that is free";
        if (Dashboard?.Error() is { } problem)
            yield return problem;
        foreach (var error in Contradictions())
            yield return error;
    }

    private IEnumerable<string> Contradictions()
    {
        if (Drain && Count is not null)
            yield return "--drain publishes nothing, so it cannot be used with --count";
        if (Drain && Requests is not null)
            yield return "--drain publishes nothing, so it cannot be used with --requests";
        if (Drain && Rate is not null)
            yield return "--drain publishes nothing, so it cannot be used with --rate";
        if (Drain && Chaos is not null)
            yield return "--drain publishes nothing, so it cannot be used with --chaos";
        if (Count is not null && Requests is not null)
            yield return "--requests publishes what the file holds, so it cannot be used with --count";
        if (Chaos is not null && Requests is not null)
            yield return "--chaos is about generated requests, so it cannot be used with --requests";
    }
}
