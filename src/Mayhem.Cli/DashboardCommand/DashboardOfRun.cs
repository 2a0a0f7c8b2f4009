using Mayhem.Breakers;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Dashboard;
using Mayhem.Dashboard.Live;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.Functions.Configuration;
using Mayhem.Guards;
using Mayhem.Local.Broker;
using Mayhem.Observation;
using Mayhem.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>The dashboard of a <c>mayhem up</c>. It starts beside the run, and the run neither waits for it nor ends with it.</summary>
internal sealed class DashboardOfRun : IAsyncDisposable
{
    private readonly CancellationTokenSource giveUp;
    private readonly Task<DashboardServer?> starting;
    private volatile string? place;

    private DashboardOfRun(Func<CancellationToken, Task<DashboardServer>>? start, ILogger logger, CancellationToken stop)
    {
        giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        starting = start is null ? Task.FromResult<DashboardServer?>(null) : Task.Run(() => StartAsync(start, logger, giveUp.Token), CancellationToken.None);
    }

    /// <summary>Where it is, or why there is none; null while it starts, or if nobody wants one.</summary>
    public string? Place => place;

    /// <summary>Begins to start it, if the run is to have one.</summary>
    public static DashboardOfRun Begin(
        UpOptions options, Settings settings, LocalStack stack, RunFolder folder, ILoggerProvider logging, TimeProvider clock, CancellationToken stop)
    {
        var logger = logging.CreateLogger("Mayhem.Cli");
        return options.Dashboard is not { } wanted
            ? new DashboardOfRun(start: null, logger, stop)
            : new DashboardOfRun(
                cancellation => DashboardServer.StartAsync(
                    Sources(settings, stack, folder, clock, stop), wanted.Options(settings.Configuration, isLocal: true), clock, logging, cancellation),
                logger, stop);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await giveUp.CancelAsync();
        if (await starting is { } server)
            await server.DisposeAsync();
        giveUp.Dispose();
    }

    private async Task<DashboardServer?> StartAsync(Func<CancellationToken, Task<DashboardServer>> start, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var server = await start(cancellationToken);
            place = $"dashboard {server.Url}";
            return server;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NoDashboard(logger, failure);
            place = $"no dashboard: {Redactor.MessageOf(failure).TrimEnd('.')}";
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static DashboardSources Sources(Settings settings, LocalStack stack, RunFolder folder, TimeProvider clock, CancellationToken stop)
    {
        var app = stack.Host.Services;
        return new DashboardSources
        {
            Place = $"mayhem up, data {folder.Root}",
            Queue = stack.Queue.Name,
            Client = stack.Client,
            Depths = _ => Task.FromResult(LocalDepths.Of(stack.Queue)),
            DeadLetterNumbers = () => stack.Queue.SequenceNumbers(SubQueue.DeadLetter),
            Engine = new EngineView(
                app.GetRequiredService<ProcessingCounters>(), app.GetRequiredService<InFlightMessages>(), app.GetRequiredService<TargetGroups>(), stop),
            Bench = new DeadLetterBench(stack.Client, stack.Queue.Name, new OperatorAuditFile(folder.Operators, clock), clock),
            Ledger = stack.Ledger.Records,
            ReportFolders = [folder.Reports, folder.Spool],
            Guards = app.GetRequiredService<GuardBook>(),
            Rules = RecoverySettings.From(settings.Configuration).Rules,
        };
    }
}
