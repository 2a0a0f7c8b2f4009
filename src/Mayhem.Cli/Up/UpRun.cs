using System.Security.Cryptography;
using Mayhem.Breakers;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.DashboardCommand;
using Mayhem.Cli.Requests;
using Mayhem.Cli.RunDoor;
using Mayhem.Cli.Up.Display;
using Mayhem.Cli.Up.Load;
using Mayhem.Cli.Up.Logging;
using Mayhem.Cli.Up.Results;
using Mayhem.Local.Fleet;
using Mayhem.Observation;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Sinks;
using Mayhem.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up;

/// <summary>Carries out <c>mayhem up</c>: start, publish, wait, drain, sum up. The only place that knows this order.</summary>
internal sealed class UpRun(UpOptions options, TimeProvider clock)
{
    private readonly int seed = options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly NoticeBoard notices = new();
    private readonly IReadOnlyList<FleetHost> hosts = FleetHost.Cattle(options.Hosts);
    private readonly RunFolder folder = new(options.DataFolder);

    /// <summary>Runs to the end.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot start, and the user can do something about it.</exception>
    public async Task<int> RunAsync()
    {
        var settings = (options.Sessions ? Settings.Load().WithSessions() : Settings.Load()).WithLedger(options.Ledger);
        using var source = options.Requests is { } path ? RequestSource.Open(path) : null;
        folder.Create();
        using var file = new LogFile(folder.Log);
        using var logging = new RunLoggerProvider(file, notices, clock);
        var logger = logging.CreateLogger("Mayhem.Cli");
        using var signals = new StopSignals(Environment.Exit);
        Log.RunBegins(logger, options, seed);
        try
        {
            return await RunAsync(settings, source, logging, logger, signals.Requested);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("mayhem: stopped before it had started");
            return ExitCodes.Success;
        }
        catch (Exception error) when (error is not UsageException)
        {
            Log.RunFailed(logger, error);
            if (StartErrors.Explain(error) is { } explained)
                throw explained;
            await Console.Error.WriteLineAsync($"mayhem: {Redactor.MessageOf(error)} (more in {folder.Log})");
            return ExitCodes.ProcessFatal;
        }
    }

    private async Task<int> RunAsync(Settings settings, RequestSource? source, ILoggerProvider logging, ILogger logger, CancellationToken signalled)
    {
        var startedAt = clock.GetUtcNow();
        var start = clock.GetTimestamp();
        await using var stack = await LocalStack.OpenAsync(settings, options, folder, hosts, logging, clock, signalled);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signalled, stack.Host.WorkerStopping);
        var rejected = new RejectedLines(Console.Error, hold: Displays.IsPicture(options));
        var runId = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var workload = Workload.For(options, source, hosts, seed, runId, rejected.Add, clock);
        var publisher = new Publisher(stack.Sender, inSessions: stack.Queue.Options.RequiresSession);
        await using var door = DoorOfRun.Begin(options, stack, folder, logging, clock, signalled);
        await using var dashboard = DashboardOfRun.Begin(options, settings, stack, folder, logging, clock, signalled);

        await ShowAsync(stack, publisher, workload, dashboard, () => WorkAsync(stack, publisher, workload, logger, stop.Token), signalled);

        rejected.Release();
        var summary = SummaryCalculator.Calculate(new RunRecords
        {
            StartedAt = startedAt,
            Elapsed = clock.GetElapsedTime(start),
            Seed = seed,
            Published = publisher.Published,
            DistinctRequests = publisher.Distinct,
            Rejected = workload.Rejected(),
            Counts = Counts(stack),
            Queue = stack.Queue.Counters,
            Reports = stack.Host.Services.GetRequiredService<ReportDispatcher>().Counts.Single(sink => sink.Sink == FolderSink.SinkName).Sent,
            Depths = stack.Queue.Counts,
            Audit = stack.Queue.Audit(),
            LedgerOwner = stack.Ledger.Owner,
            Ledger = await stack.Ledger.Records.ListAsync(CancellationToken.None).ToListAsync(CancellationToken.None),
        });
        return Finish(summary, logger);
    }

    private async Task WorkAsync(LocalStack stack, Publisher publisher, Workload workload, ILogger logger, CancellationToken stop)
    {
        try
        {
            var watcher = new FailureWatcher([stack.Queue.EnsureWritableAsync, stack.Ledger.EnsureWritableAsync, _ => stack.Booting.IsFaulted ? stack.Booting : Task.CompletedTask], clock);
            await watcher.WhileWatchingAsync(ending => PublishAndWaitAsync(stack, publisher, workload, ending), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.StopAsked(logger);
        }
        await stack.Host.StopAsync(CancellationToken.None);
    }

    private async Task PublishAndWaitAsync(LocalStack stack, Publisher publisher, Workload workload, CancellationToken stop)
    {
        await publisher.PublishAsync(workload.Requests, stop);
        if (options.EndsWhenSettled)
            await new SettledWatcher(() => stack.Queue.Counts, clock).WaitAsync(stop);
        else
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
    }

    private async Task ShowAsync(LocalStack stack, Publisher publisher, Workload workload, DashboardOfRun dashboard, Func<Task> work, CancellationToken signalled)
    {
        var probe = new RunProbe(clock)
        {
            Counters = stack.Host.Services.GetRequiredService<ProcessingCounters>(),
            InFlight = stack.Host.Services.GetRequiredService<InFlightMessages>(),
            Groups = stack.Host.Services.GetRequiredService<TargetGroups>(),
            Publisher = publisher,
            Planned = workload.Planned,
            Depths = () => stack.Queue.Counts,
            QueueCounters = () => stack.Queue.Counters,
            Notices = notices,
            StopRequested = signalled,
            Dashboard = () => dashboard.Place,
        };
        var title = $"mayhem up: seed {seed}, {options.Hosts} hosts, queue {stack.Queue.Name}, data {folder.Root}";
        using var ended = new CancellationTokenSource();
        var showing = Displays.For(options, title, notices, folder.Log, clock).RunAsync(probe.Sample, ended.Token);
        try
        {
            await work();
        }
        finally
        {
            await ended.CancelAsync();
            await showing;
        }
    }

    private string WithData(string command) =>
        string.Equals(folder.Root, UpOptions.DefaultDataFolder, StringComparison.Ordinal) ? command : $"{command} --data {folder.Root}";

    private int Finish(Summary summary, ILogger logger)
    {
        // The worker's own end, of which it has told the process, weighs more than what the run came to.
        var exitCode = Environment.ExitCode != ExitCodes.Success ? Environment.ExitCode : ExitCodes.Of(summary);
        Log.RunEnds(logger, exitCode, summary.ToJson());
        if (options.Json)
            Console.Out.WriteLine(summary.ToJson());
        else
            SummaryTable.Write(summary, WithData("mayhem up --drain"), WithData("mayhem reports list"), Terminal.Output());
        return exitCode;
    }

    private static Dictionary<ProcessingEvent, long> Counts(LocalStack stack)
    {
        var counters = stack.Host.Services.GetRequiredService<ProcessingCounters>();
        return Enum.GetValues<ProcessingEvent>().ToDictionary(happened => happened, happened => counters[happened]);
    }
}
