using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Shutdown;
using Mayhem.Locks;
using Mayhem.Recovery;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>All settings of the app as a start would read them, for those who look at them without starting. A value that cannot be read counts as its default.</summary>
/// <param name="App">What the app as a whole must be told.</param>
/// <param name="Inventory">The inventory; null if there is none that can be used.</param>
/// <param name="Locks"><c>Mayhem:Locks</c>.</param>
/// <param name="Recovery"><c>Mayhem:Retry</c>.</param>
/// <param name="Breaker"><c>Mayhem:Breaker</c>.</param>
/// <param name="Guards"><c>Mayhem:Guards</c>.</param>
/// <param name="Shutdown"><c>Mayhem:Shutdown</c>.</param>
/// <param name="Rules">The failure rules; the default ones if those in configuration cannot be used.</param>
/// <param name="Problems">Everything that would stop a start, one sentence each that begins with the key.</param>
public sealed record MayhemSettings(
    MayhemOptions App, HostInventory? Inventory, LockOptions Locks, RecoveryOptions Recovery, BreakerOptions Breaker, GuardSettings Guards, ShutdownOptions Shutdown, FailureRules Rules,
    IReadOnlyList<string> Problems)
{
    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The configuration of the app.</param>
    /// <param name="hasTarget">True if the program brings a target that really restarts hosts.</param>
    /// <param name="hasLedger">True if the program brings a ledger of its own.</param>
    public static MayhemSettings Read(IConfiguration configuration, bool hasTarget, bool hasLedger)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var app = MayhemOptions.From(configuration);
        var inventory = InventorySettings.From(configuration, hasProcesses: hasTarget);
        List<string> problems = [.. app.Problems(hasTarget, hasLedger, inventory.Inventory is not null), .. inventory.Problems()];
        var locks = Section<LockOptions>("Mayhem:Locks", options => options.Problems().Select(problem => $"Mayhem:Locks:{problem}"));
        var recovery = Section<RecoveryOptions>("Mayhem:Retry", options => options.Errors());
        var breaker = Section<BreakerOptions>("Mayhem:Breaker", options => options.Errors());
        var groups = GroupSettings.From(configuration);
        problems.AddRange(groups.Problems());
        var guards = GuardSettings.From(configuration, groups, inventory.Inventory);
        problems.AddRange(guards.Problems());
        var shutdown = Section<ShutdownOptions>("Mayhem:Shutdown", options => options.Problems().Select(problem => $"Mayhem:Shutdown:{problem}"));

        var rules = new ConfiguredRules(configuration.GetSection("Mayhem:Failures"));
        var table = new RuleTable();
        rules.Configure(table);
        problems.AddRange(rules.Validate(name: null, table).Failures ?? []);
        problems.AddRange(ReportSettings.From(configuration).Problems);
        problems.AddRange(SchedulerSettings.From(configuration).Problems(hasHosts: hasTarget, inventory.Inventory));
        return new MayhemSettings(app, inventory.Problems().Any() ? null : inventory.Inventory, locks, recovery, breaker, guards, shutdown, table.Rules, problems);

        T Section<T>(string name, Func<T, IEnumerable<string>> check)
            where T : new()
        {
            var options = new T();
            problems.AddRange(SettingsReader.Read(configuration.GetSection(name), options!));
            problems.AddRange(check(options));
            return options;
        }
    }
}
