using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Diagnosis;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;
using Mayhem.Reporting;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>Gathers the facts for the checks, and what is wrong with the sources they come from.</summary>
internal static class Examination
{
    /// <summary>Everything that does not fit, as far as the sources can be read.</summary>
    /// <exception cref="UsageException">The queue's properties cannot be read.</exception>
    public static async Task<IReadOnlyList<Finding>> RunAsync(DoctorOptions options)
    {
        Settings settings;
        try
        {
            settings = options.Deployed ? Settings.LoadDeployed() : Settings.Load();
        }
        catch (UsageException unusable)
        {
            return [.. SettingsFindings.OfFile("MH003", Severity.Error, SettingsFile.Name, [unusable.Message])];
        }

        // As mayhem up composes the app, and as the deployed app composes itself.
        var app = MayhemSettings.Read(settings.Configuration, hasTarget: !options.Deployed, hasLedger: !options.Deployed);
        var findings = new List<Finding>(SettingsFindings.Of(settings.Configuration, app.Problems));
        var host = ReadHost(settings, findings);
        findings.AddRange(await LedgerInDatabase.ExamineAsync(app));
        findings.AddRange(Checkup.Of(new Setup
        {
            Queue = await ReadQueueAsync(options, settings.Configuration, app.App.Queue),
            Host = host,
            Locks = app.Locks,
            Recovery = app.Recovery,
            Breaker = app.Breaker,
            Guards = [(GuardSettings.Section, app.Guards.Everywhere), .. app.Guards.ByGroup.Select(group => ($"{GuardSettings.GroupsSection}:{group.Key}", group.Value))],
            Rules = app.Rules,
            Ledger = new LedgerFacts(
                options.Deployed && app.App is { LedgerDirectory: null, Postgres: null }, app.App.DryRun == false, app.App.Postgres?.Retention ?? new EmbeddedLedgerOptions().Retention)
            {
                IsShared = app.App.Postgres is not null,
            },
            Shutdown = app.Shutdown.Grace + app.Shutdown.SettleTime + app.Shutdown.FlushLimit,
            Functions = Functions(settings.Configuration),
            Targets = [.. app.Inventory?.Entries.Select(entry => new TargetFacts(entry.Name, entry.LongestWatch, entry.IsDryRun(app.App.DryRun))) ?? []],
            Reports = Facts(ReportSettings.From(settings.Configuration)),
            Scheduler = Scheduler(settings.Configuration),
            Deployed = options.Deployed,
        }));
        return findings;
    }

    private static ReportFacts Facts(ReportSettings reports) => new(
        DebugMode: reports.General.Mode == ReportMode.Debug,
        OnConsole: reports.General.ShowsOnConsole,
        HeadersInTheClear: reports.Webhook is { IsOn: true, Headers.Length: > 0 }
            && Uri.TryCreate(reports.Webhook.Url, UriKind.Absolute, out var url) && url is { Scheme: "http", IsLoopback: false });

    private static HostFacts? ReadHost(Settings settings, List<Finding> findings)
    {
        try
        {
            var host = HostJson.Load(settings.HostJsonPath, settings.Configuration);
            findings.AddRange(SettingsFindings.OfFile("MH005", Severity.Warning, "host.json", host.Warnings));
            var bus = host.ServiceBus;
            return new HostFacts(host.FunctionTimeout, bus.AutoCompleteMessages, bus.MaxAutoLockRenewalDuration, bus.PrefetchCount, bus.MaxConcurrentCalls)
            {
                CallsPerSession = bus.MaxConcurrentCallsPerSession, SessionIdle = bus.SessionIdleTimeout ?? bus.TryTimeout,
            };
        }
        catch (HostConfigurationException wrong)
        {
            findings.AddRange(SettingsFindings.OfFile("MH002", Severity.Error, "host.json", wrong.Message.Split(Environment.NewLine)));
            return null;
        }
    }

    private static async Task<QueueFacts> ReadQueueAsync(DoctorOptions options, IConfiguration configuration, string queue)
    {
        if (options.QueueFile is { } file)
            return await QueueFile.ReadAsync(file);
        if (options.Namespace is { } name)
            return await QueueInAzure.ReadAsync(name, queue);
        var local = LocalQueue.From(configuration);
        return new QueueFacts
        {
            LockDuration = local.LockDuration,
            MaxDeliveryCount = local.MaxDeliveryCount,
            DuplicateWindow = local.DuplicateDetectionWindow,
            TimeToLive = local.DefaultTimeToLive,
            DeadLettersExpired = local.DeadLetteringOnMessageExpiration,
            RequiresSession = local.RequiresSession,
        };
    }

    private static SchedulerFacts Scheduler(IConfiguration configuration) => new(
        SchedulerSettings.From(configuration).Options.Enabled, !FunctionSwitches.IsDisabled(ScheduleFunction.Name, configuration), FunctionSwitches.KeyOf(ScheduleFunction.Name));

    private static FunctionFacts Functions(IConfiguration configuration)
    {
        var switches = FunctionSwitches.From(configuration);
        return new FunctionFacts(switches.Plain, switches.InSession, FunctionSwitches.KeyOf(RestartFunction.Name), FunctionSwitches.KeyOf(RestartInSessionFunction.Name));
    }
}
