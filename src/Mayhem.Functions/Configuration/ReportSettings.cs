using Mayhem.Reporting;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Sinks.Smtp;
using Mayhem.Reporting.Sinks.Syslog;
using Mayhem.Reporting.Sinks.Webhook;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>Everything under <c>Mayhem:Reports</c>. A value that cannot be read counts as its default, and is told by <see cref="Problems"/>.</summary>
public sealed class ReportSettings
{
    private const string Root = "Mayhem:Reports";

    private readonly List<string> problems = [];

    /// <summary><c>Mayhem:Reports</c> itself.</summary>
    public ReportsOptions General { get; } = new();

    /// <summary><c>Mayhem:Reports:Archive</c>.</summary>
    public ReportFolderSettings Archive { get; } = new();

    /// <summary><c>Mayhem:Reports:Spool</c>.</summary>
    public ReportFolderSettings Spool { get; } = new();

    /// <summary><c>Mayhem:Reports:Smtp</c>.</summary>
    public SmtpOptions Smtp { get; } = new();

    /// <summary><c>Mayhem:Reports:Syslog</c>.</summary>
    public SyslogOptions Syslog { get; } = new();

    /// <summary><c>Mayhem:Reports:Webhook</c>.</summary>
    public WebhookOptions Webhook { get; } = new();

    /// <summary>What is wrong with the settings, one sentence each that names the key.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Reads the settings.</summary>
    public static ReportSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = new ReportSettings();
        var root = configuration.GetSection(Root);
        settings.problems.AddRange(SettingsReader.Read(
            root, settings.General, nameof(Archive), nameof(Spool), nameof(Smtp), nameof(Syslog), nameof(Webhook)));
        settings.problems.AddRange(settings.General.Problems().Select(problem => $"{Root}:{problem}"));
        settings.Add(root, nameof(Archive), settings.Archive, settings.Archive.Problems);
        settings.Add(root, nameof(Spool), settings.Spool, settings.Spool.Problems);
        settings.Add(root, nameof(Smtp), settings.Smtp, settings.Smtp.Problems);
        settings.Add(root, nameof(Syslog), settings.Syslog, settings.Syslog.Problems);
        settings.Add(root, nameof(Webhook), settings.Webhook, settings.Webhook.Problems);
        return settings;
    }

    private void Add(IConfigurationSection root, string name, object options, Func<IEnumerable<string>> check)
    {
        problems.AddRange(SettingsReader.Read(root.GetSection(name), options));
        problems.AddRange(check().Select(problem => $"{Root}:{name}:{problem}"));
    }
}
