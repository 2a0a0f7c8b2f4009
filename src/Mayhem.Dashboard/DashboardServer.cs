using Mayhem.Dashboard.Bench;
using Mayhem.Dashboard.DeadLetters;
using Mayhem.Dashboard.Halts;
using Mayhem.Dashboard.Live;
using Mayhem.Dashboard.Policies;
using Mayhem.Dashboard.Reports;
using Mayhem.Dashboard.Restarts;
using Mayhem.Dashboard.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard;

/// <summary>The dashboard. It looks on: nothing that it does to show something, and no failure of it, concerns a message. It leaves signals alone, and reads no settings by itself.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly Sampler sampler;
    private readonly DeadLetterShelf deadLetters;
    private readonly ReportShelf reports;
    private readonly RestartShelf restarts;
    private readonly BenchJobs jobs;
    private readonly CancellationTokenSource ending = new();
    private readonly Task sampling;
    private readonly ILogger logger;
    private int disposed;

    private DashboardServer(DashboardSources sources, DashboardOptions options, int port, TimeProvider clock, ILoggerProvider logging)
    {
        logger = logging.CreateLogger("Mayhem.Dashboard");
        app = WebHost.Build(options, port);
        sampler = new Sampler(sources, clock, logger);
        deadLetters = new DeadLetterShelf(sources, clock, logger);
        reports = new ReportShelf(sources.ReportFolders, clock, logger);
        restarts = new RestartShelf(sources.Ledger, clock, logger);
        jobs = new BenchJobs(deadLetters.Expire, ending.Token);
        var rules = new RequestRules(options);
        app.Use((context, next) => WebHost.AnswerAsync(context, next, rules, logger));
        app.UseRouting();
        Pages.Map(app, sources, options, rules);
        LiveEndpoints.Map(app, sampler, ending.Token);
        AttentionEndpoint.Map(app, deadLetters, reports);
        DeadLetterEndpoints.Map(app, deadLetters, reports, options.ShowValues, clock);
        ReportEndpoints.Map(app, reports, options.ShowValues);
        RestartEndpoints.Map(app, restarts);
        PolicyEndpoints.Map(app, sources);
        new HaltEndpoints(sources.Ledger, sources.Ledger).Map(app);
        if (sources.Bench is { } bench)
            new BenchEndpoints(bench, jobs, options.ShowValues, clock).Map(app);
        sampling = sampler.RunAsync(ending.Token);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>What to type into a browser.</summary>
    public string Url => $"http://localhost:{Port}";

    /// <summary>Starts on the first port that is free.</summary>
    /// <param name="sources">What to look at.</param>
    /// <param name="options">Where to listen, and what may be shown.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logging">Hears what goes wrong.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">Every port that may be tried is taken, or the address is none of this machine's.</exception>
    public static async Task<DashboardServer> StartAsync(
        DashboardSources sources, DashboardOptions options, TimeProvider clock, ILoggerProvider logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logging);
        for (var port = options.Port; ; port++)
        {
            var server = new DashboardServer(sources, options, port, clock, logging);
            try
            {
                await server.ListenAsync(cancellationToken);
                return server;
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && port != 0 && port < options.Port + options.MorePorts)
            {
                Log.PortTaken(server.logger, port);
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await ending.CancelAsync();
        try
        {
            using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
            await app.StopAsync(limit.Token);
            await sampling.WaitAsync(limit.Token);
            await jobs.EndedAsync().WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            // Whoever is served by it goes on without it.
            Log.LeftBehind(logger, failure);
        }

        await app.DisposeAsync();
        sampler.Dispose();
        deadLetters.Dispose();
        reports.Dispose();
        restarts.Dispose();
        jobs.Dispose();
        ending.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Port = new Uri(addresses.First()).Port;
        Log.Listening(logger, Url);
    }
}
