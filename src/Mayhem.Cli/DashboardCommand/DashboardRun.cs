using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Cli.Up.Logging;
using Mayhem.Dashboard;
using Mayhem.Redaction;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>Carries out <c>mayhem dashboard</c>.</summary>
internal sealed class DashboardRun(DashboardCommandOptions options, TimeProvider clock)
{
    /// <summary>Serves until a signal.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot start, and the user can do something about it.</exception>
    public async Task<int> RunAsync()
    {
        var isLocal = options.Namespace is null;
        var settings = isLocal ? Settings.Load() : Settings.LoadDeployed();
        var folder = new RunFolder(options.DataFolder);
        if (isLocal && !Directory.Exists(folder.Root))
            throw new UsageException($"--data {folder.Root}: there is no such folder; 'mayhem up' makes it, and tells where");
        folder.Create();
        using var file = new LogFile(folder.Log);
        using var logging = new RunLoggerProvider(file, new NoticeBoard(), clock);
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logging));
        using var signals = new StopSignals(Environment.Exit);
        try
        {
            await using var opened = isLocal
                ? await FolderSources.OpenAsync(settings, folder, clock, loggers, signals.Requested)
                : await NamespaceSources.OpenAsync(options.Namespace!, settings, folder, clock, loggers, signals.Requested);
            await using var server = await DashboardServer.StartAsync(
                opened.Sources, options.Place.Options(settings.Configuration, isLocal), clock, logging, signals.Requested);
            await Console.Out.WriteLineAsync($"dashboard {server.Url} shows {opened.Sources.Place}; Ctrl+C ends it");
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, signals.Requested).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (Mayhem.Journal.JournalInUseException error)
        {
            throw new UsageException($"--data {folder.Root} is in use: a running 'mayhem up' serves a dashboard of its own, and tells where", error);
        }
        catch (Exception error) when (error is not UsageException)
        {
            throw StartErrors.Explain(error) ?? new UsageException(Redactor.MessageOf(error), error);
        }
    }
}
