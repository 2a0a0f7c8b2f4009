using Mayhem.Functions.Triggers;
using Mayhem.Postgres;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>What the function app as a whole must be told.</summary>
public sealed class MayhemOptions
{
    /// <summary>The key of <see cref="Queue"/>: flat, so that the Functions host finds it as <c>%MayhemQueue%</c>.</summary>
    public const string QueueKey = "MayhemQueue";

    /// <summary>The key of <see cref="DryRun"/>.</summary>
    public const string DryRunKey = "Mayhem:DryRun";

    /// <summary>The key of <see cref="Sessions"/>.</summary>
    public const string SessionsKey = "Mayhem:Queue:Sessions";

    /// <summary>The key of <see cref="LedgerDirectory"/>.</summary>
    public const string LedgerDirectoryKey = "Mayhem:Ledger:Directory";

    private static readonly string[] Known = ["DryRun", "Queue", "Inventory", "InventoryFile", "Ledger", "Locks", "Retry", "Breaker", "Groups", "Guards", "Shutdown", "Failures", "Reports", "Scheduler"];

    private string? unreadableDryRun;
    private string? unreadableSessions;
    private FunctionSwitches functions = new(Plain: true, InSession: false);
    private string[] misplaced = [];

    /// <summary>The queue that restart requests come from, at most 260 characters. Required.</summary>
    public string Queue { get; private set; } = "";

    /// <summary>
    /// True restarts nothing, whatever target there is; false insists on a target: one that was registered, or an inventory. Null, the default,
    /// restarts with the target that was registered, and nothing in Azure or by webhook, nor without a target.
    /// </summary>
    public bool? DryRun { get; private set; }

    /// <summary>True if the queue requires sessions: the requests for one host are carried out in the order in which they were sent. False by default.</summary>
    public bool Sessions { get; private set; }

    /// <summary>Where the ledger keeps its journal; null keeps it in memory, which is enough for a dry run only, unless there is <see cref="Postgres"/>.</summary>
    public string? LedgerDirectory { get; private set; }

    /// <summary>The ledger in PostgreSQL, which several instances can share; null if there is none.</summary>
    public PostgresOptions? Postgres { get; private set; }

    /// <summary>Reads the options; what is wrong with them is told by <see cref="Problems"/>.</summary>
    public static MayhemOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var dryRun = configuration[DryRunKey];
        var readable = bool.TryParse(dryRun, out var value);
        var sessions = configuration[SessionsKey];
        var sessionsReadable = bool.TryParse(sessions, out var hasSessions);
        return new MayhemOptions
        {
            Queue = configuration[QueueKey]?.Trim() ?? "",
            DryRun = readable ? value : null,
            unreadableDryRun = readable || string.IsNullOrWhiteSpace(dryRun) ? null : dryRun,
            Sessions = hasSessions,
            unreadableSessions = sessionsReadable || string.IsNullOrWhiteSpace(sessions) ? null : sessions,
            functions = FunctionSwitches.From(configuration),
            misplaced = [.. Misplaced(configuration), .. PostgresSettings.Problems(configuration)],
            Postgres = PostgresSettings.From(configuration),
            LedgerDirectory = configuration[LedgerDirectoryKey] is { } directory && !string.IsNullOrWhiteSpace(directory) ? directory : null,
        };
    }

    /// <summary>What is wrong with the values, one sentence each that names the key.</summary>
    /// <param name="hasTarget">True if the program brings a target that really restarts hosts.</param>
    /// <param name="hasLedger">True if the program brings a ledger of its own.</param>
    /// <param name="hasInventory">True if there is an inventory of targets.</param>
    public IEnumerable<string> Problems(bool hasTarget, bool hasLedger, bool hasInventory = false)
    {
        if (Queue.Length == 0)
            yield return $"{QueueKey} is missing or blank: give the name of the queue that restart requests come from.";
        if (Queue.Length > 260)
            yield return $"{QueueKey} has {Queue.Length} characters; a queue's name has 260 at most.";
        if (unreadableDryRun is not null)
            yield return $"{DryRunKey} is '{unreadableDryRun}'; give true or false.";
        if (unreadableSessions is not null)
            yield return $"{SessionsKey} is '{unreadableSessions}'; give true or false.";
        else if (Sessions && !functions.InSession)
            yield return $"{FunctionSwitches.KeyOf(RestartInSessionFunction.Name)} is true, but {SessionsKey} is true as well: nothing would be received. Set it to false.";
        else if (!Sessions && !functions.Plain)
            yield return $"{FunctionSwitches.KeyOf(RestartFunction.Name)} is true, but {SessionsKey} is not: nothing would be received. Set it to false, or {SessionsKey} to true for a queue with sessions.";
        foreach (var problem in misplaced)
            yield return problem;
        if (DryRun == false && !hasTarget && !hasInventory)
            yield return $"{DryRunKey} is false, but there is nothing to restart hosts with: name an inventory in {InventoryReader.FileKey}, or leave {DryRunKey} out to record only what would be restarted.";
        if (Postgres is not null && LedgerDirectory is not null)
            yield return $"{LedgerDirectoryKey} and {PostgresOptions.Section} are both given, but there is one ledger: remove one of them.";
        if (Acts(hasTarget, hasInventory) && LedgerDirectory is null && Postgres is null && !hasLedger)
            yield return $"{LedgerDirectoryKey} is missing: without a ledger that survives this process a host could be restarted twice for one request. Name a directory, or a database in {PostgresOptions.Section}, or set {DryRunKey} to true.";
    }

    private bool Acts(bool hasTarget, bool hasInventory) => DryRun switch
    {
        true => false,
        false => hasTarget || hasInventory,
        null => hasTarget,
    };

    // A typing error must not pass as a setting that has no effect. Empty values count as left out, as everywhere.
    private static IEnumerable<string> Misplaced(IConfiguration configuration)
    {
        foreach (var entry in configuration.GetSection("Mayhem").GetChildren())
        {
            if (!Known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
                yield return $"{entry.Path} is not a setting; there are {string.Join(", ", Known)}.";
            else if (!entry.Path.Equals(DryRunKey, StringComparison.OrdinalIgnoreCase) && !entry.Path.Equals(InventoryReader.FileKey, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(entry.Value))
                yield return $"{entry.Path} holds settings and has no value of its own, as '{entry.Value}'.";
        }
        foreach (var (section, known) in new[] { ("Mayhem:Ledger", LedgerDirectoryKey), ("Mayhem:Queue", SessionsKey) })
        {
            foreach (var entry in configuration.GetSection(section).GetChildren())
            {
                if (!entry.Path.Equals(known, StringComparison.OrdinalIgnoreCase) && !entry.Path.Equals(PostgresOptions.Section, StringComparison.OrdinalIgnoreCase))
                    yield return $"{entry.Path} is not a setting; there is {known[(section.Length + 1)..]}{(known == LedgerDirectoryKey ? " and Postgres" : "")}.";
            }
        }
    }
}
