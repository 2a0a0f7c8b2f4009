using Mayhem.Functions.Configuration;
using Mayhem.Functions.Telemetry.ApplicationInsights;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Sinks;
using Mayhem.Reporting.Sinks.Smtp;
using Mayhem.Reporting.Sinks.Syslog;
using Mayhem.Reporting.Sinks.Webhook;
using Mayhem.Reporting.Text;
using Microsoft.ApplicationInsights;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Reporting;

/// <summary>The places that reports go to by the settings. Everything is off but Application Insights, which is on where the app has it.</summary>
internal static class ReportSinks
{
    // A file takes milliseconds to reach the disk, and the first reports of a burst tell the most.
    private const int ArchiveQueue = 1000;

    /// <summary>The sinks that are on, each with how it is handed reports.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="configuration">The configuration of the app, for how it authenticates.</param>
    /// <param name="client">The app's telemetry; null if it has none.</param>
    /// <param name="timeProvider">The clock.</param>
    public static IEnumerable<(IReportSink Sink, OutletOptions Options)> Of(
        ReportSettings settings, IConfiguration configuration, TelemetryClient? client, TimeProvider timeProvider)
    {
        if (settings.General.ShowsOnConsole)
            yield return (new ConsoleSink(Console.Error, ForConsole), new OutletOptions { TimeLimit = TimeSpan.FromSeconds(5) });
        if (settings.Archive.Directory is not null)
            yield return (new FolderSink(OpenArchive(settings.Archive)), new OutletOptions { QueueLimit = ArchiveQueue });
        if (client is not null && client.IsEnabled() && !string.IsNullOrEmpty(client.TelemetryConfiguration.InstrumentationKey))
            yield return WithSpool(InApplicationInsights(client, configuration, timeProvider), TimeSpan.FromSeconds(10), _ => true);
        if (settings.Webhook is { IsOn: true } webhook)
            yield return WithSpool(new WebhookSink(webhook, timeProvider), webhook.TimeLimit, ReportFilters.OfKinds(webhook.Kinds));
        if (settings.Smtp is { IsOn: true } smtp)
            yield return WithSpool(new SmtpSink(smtp, report => ReportText.Of(report)), smtp.TimeLimit, ReportFilters.OfKinds(smtp.Kinds, smtp.MinimumInterval, timeProvider));
        if (settings.Syslog is { IsOn: true } syslog)
            yield return WithSpool(new SyslogSink(syslog), syslog.TimeLimit, ReportFilters.OfKinds(syslog.Kinds));

        (IReportSink Sink, OutletOptions Options) WithSpool(IReportSink sink, TimeSpan timeLimit, Func<ReportDocument, bool> takes) =>
            (sink, new OutletOptions { TimeLimit = timeLimit, Takes = takes, Spool = settings.Spool.Folder(sink.Name) });
    }

    private static ApplicationInsightsSink InApplicationInsights(TelemetryClient client, IConfiguration configuration, TimeProvider timeProvider) => new(
        client, new IngestionEndpoint(client.TelemetryConfiguration.EndpointContainer.Ingestion, IngestionCredential.From(configuration), timeProvider));

    private static ReportFolder OpenArchive(ReportFolderSettings archive)
    {
        try
        {
            return new ReportFolder(archive.Folder());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                Options.DefaultName, typeof(ReportSettings), [$"Mayhem:Reports:Archive:Directory is '{archive.Directory}', and cannot be used: {error.Message}"]);
        }
    }

    private static string ForConsole(ReportDocument report) => ReportText.Of(report, new ReportTextOptions { Ansi = !Console.IsErrorRedirected });
}
