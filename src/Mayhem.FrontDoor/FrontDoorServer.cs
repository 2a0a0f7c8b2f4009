using System.Net;
using Mayhem.FrontDoor.Bench;
using Mayhem.FrontDoor.DataPlane;
using Mayhem.FrontDoor.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.FrontDoor;

/// <summary>
/// The HTTP door of an embedded broker, on this machine only: the data plane of Service Bus's REST API for whoever wants to send or receive, and under <c>/-/</c>, with a token, what the command
/// line needs to look at a run and to work with its dead letters.
/// </summary>
public sealed class FrontDoorServer : IAsyncDisposable
{
    /// <summary>The port that is tried first.</summary>
    public const int DefaultPort = 7081;

    private const int MorePorts = 9;
    private const int LargestBody = 4 << 20;
    private const int LargestHeaders = 128 << 10;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication app;
    private readonly CancellationTokenSource ending = new();
    private readonly ILogger logger;

    private FrontDoorServer(FrontDoorSources sources, int port, ILoggerProvider logging)
    {
        logger = logging.CreateLogger("Mayhem.FrontDoor");
        app = Build(port, logging);
        var rules = new DoorRules();
        Token = rules.Token;
        var dataPlane = new RestEndpoints(sources.FindQueue, ending.Token);
        var bench = new BenchEndpoints(sources, ending.Token);
        app.Run(context => DoorRules.AnswerAsync(context, rules, logger, () => DoorRules.IsPrivate(context.Request) ? bench.AnswerAsync(context) : dataPlane.AnswerAsync(context)));
    }

    /// <summary>Where it is.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What requests under <c>/-/</c> must bring in <see cref="DoorRules.TokenHeader"/>. Another one in each process.</summary>
    public string Token { get; }

    /// <summary>Starts on the first port that is free.</summary>
    /// <param name="sources">What can be reached.</param>
    /// <param name="port">The port, or 0 for any that is free; null for <see cref="DefaultPort"/>, or one of the next nine if it is taken.</param>
    /// <param name="logging">Hears what goes wrong.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">Every port that may be tried is taken.</exception>
    public static async Task<FrontDoorServer> StartAsync(FrontDoorSources sources, int? port, ILoggerProvider logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(logging);
        var first = port ?? DefaultPort;
        for (var tried = first; ; tried++)
        {
            var server = new FrontDoorServer(sources, tried, logging);
            try
            {
                await server.ListenAsync(cancellationToken);
                return server;
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && port is null && tried < first + MorePorts)
            {
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
        await ending.CancelAsync();
        try
        {
            using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
            await app.StopAsync(limit.Token);
        }
        catch (Exception failure)
        {
            // The run that it belongs to goes on without it.
            Log.DoorLeftBehind(logger, failure);
        }

        await app.DisposeAsync();
        ending.Dispose();
    }

    private static WebApplication Build(int port, ILoggerProvider logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Mayhem.FrontDoor" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(logging);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
            if (port == 0)
                kestrel.Listen(IPAddress.Loopback, port);
            else
                kestrel.ListenLocalhost(port);
        });
        return builder.Build();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Url = new Uri($"http://localhost:{new Uri(address).Port}");
        Log.DoorListening(logger, Url.ToString());
    }

    /// <summary>Signals are for the run, not for its door.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
