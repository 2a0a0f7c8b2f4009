using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Shutdown;
using Mayhem.Guards;
using Mayhem.Locks;
using Mayhem.Postgres;
using Mayhem.Recovery;
using Mayhem.Reporting;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Sinks.Smtp;
using Mayhem.Reporting.Sinks.Syslog;
using Mayhem.Reporting.Sinks.Webhook;
using Mayhem.Scheduling;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>The keys under <c>Mayhem:</c> that mean something.</summary>
public static class KnownSettings
{
    private const string Root = "Mayhem:";
    private const string Failures = "Mayhem:Failures:";
    private const string Groups = GroupSettings.Section + ":";
    private const string GuardedGroups = GuardSettings.GroupsSection + ":";

    private static readonly string[] Keys =
    [
        MayhemOptions.DryRunKey, MayhemOptions.SessionsKey, MayhemOptions.LedgerDirectoryKey, InventoryReader.FileKey,
        .. Under<PostgresOptions>(PostgresOptions.Section + ":"), .. Under<LockOptions>("Mayhem:Locks:"), .. Under<RecoveryOptions>("Mayhem:Retry:"), .. Under<BreakerOptions>("Mayhem:Breaker:"), .. Under<GuardOptions>(GuardSettings.Section + ":"), .. Under<ShutdownOptions>("Mayhem:Shutdown:"),
        .. Under<SchedulerOptions>(SchedulerOptions.Section + ":"), .. Under<ReportsOptions>("Mayhem:Reports:"), .. Under<ReportFolderSettings>("Mayhem:Reports:Archive:"), .. Under<ReportFolderSettings>("Mayhem:Reports:Spool:"),
        .. Under<SmtpOptions>("Mayhem:Reports:Smtp:"), .. Under<SyslogOptions>("Mayhem:Reports:Syslog:"), .. Under<WebhookOptions>("Mayhem:Reports:Webhook:"),
    ];

    /// <summary>The keys with a value that mean nothing, each with the known keys that it could have been meant as.</summary>
    public static IEnumerable<(string Key, IReadOnlyList<string> Known)> Unknown(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null || !key.StartsWith(Root, StringComparison.OrdinalIgnoreCase) || IsInventory(key) || IsGroup(key))
                continue;
            string[] known = SectionOf(key, Failures) is { } rule ? [.. Under<FailureRuleOptions>(rule)] : SectionOf(key, GuardedGroups) is { } group ? [.. Under<GuardOptions>(group)] : Keys;
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
                yield return (key, known);
        }
    }

    // The inventory tells by itself what it does not know.
    private static bool IsInventory(string key) => key.StartsWith(InventoryReader.SectionKey + ":", StringComparison.OrdinalIgnoreCase);

    // The names of groups are the operator's.
    private static bool IsGroup(string key) => IsBelow(Groups, key) || IsBelow(SchedulerSettings.GroupsSection + ":", key);

    private static bool IsBelow(string section, string key) => key.StartsWith(section, StringComparison.OrdinalIgnoreCase) && key.IndexOf(':', section.Length) < 0;

    // As "Mayhem:Failures:System.TimeoutException:" of a key below it.
    private static string? SectionOf(string key, string sections) =>
        key.StartsWith(sections, StringComparison.OrdinalIgnoreCase) && key.IndexOf(':', sections.Length) is > 0 and var end ? key[..(end + 1)] : null;

    private static IEnumerable<string> Under<T>(string prefix) =>
        typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => prefix + property.Name);
}
